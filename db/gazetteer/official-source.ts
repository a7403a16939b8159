import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';

export type OfficialSource = { kind: 'directory' | 'code-point'; files: string[]; bytes: number; name: string };

/**
 * Works out what an operator pointed at: an ONSPD or NSPL file, the folder it was unpacked into, or the Code-Point
 * Open folder. Throws an Error with a message for people when it is none of them or cannot be read.
 */
export function findOfficialSource(target: string): OfficialSource {
	if (!existsSync(target)) throw new Error(`There is nothing at ${target}.`);
	if (!statSync(target).isDirectory()) return directoryFile(target);
	for (const folder of [path.join(target, 'Data', 'CSV'), path.join(target, 'Data'), target]) {
		const source = sourceIn(folder);
		if (source) return source;
	}
	throw new Error(`${target} is a folder, but holds neither an ONSPD or NSPL file nor the Data/CSV files of Code-Point Open.`);
}

function sourceIn(folder: string): OfficialSource | null {
	if (!existsSync(folder) || !statSync(folder).isDirectory()) return null;
	const names = readdirSync(folder).filter((name) => /\.csv$/i.test(name));
	const directory = names.find((name) => /^(ONSPD|NSPL)/i.test(name));
	if (directory !== undefined) return directoryFile(path.join(folder, directory));
	const files = names
		.filter((name) => /^[a-z]{1,2}\.csv$/i.test(name))
		.toSorted()
		.map((name) => path.join(folder, name));
	if (files.length === 0) return null;
	for (const file of files) firstBytes(file);
	const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
	return { kind: 'code-point', files, bytes, name: 'OS Code-Point Open' };
}

function directoryFile(file: string): OfficialSource {
	const start = firstBytes(file);
	if (start.startsWith('PK')) throw new Error(`${file} is a zip file: unpack it and give the CSV file inside Data, or the folder.`);
	if (start === '') throw new Error(`${file} is empty.`);
	if (start.includes('\0')) throw new Error(`${file} is not a text file.`);
	const name = /^nspl/i.test(path.basename(file)) ? 'National Statistics Postcode Lookup (NSPL)' : 'ONS Postcode Directory (ONSPD)';
	return { kind: 'directory', files: [file], bytes: statSync(file).size, name };
}

function firstBytes(file: string): string {
	let handle: number;
	try {
		handle = openSync(file, 'r');
	} catch (cause) {
		throw new Error(`${file} cannot be read: ask whoever looks after this machine for the right to read it.`, {
			cause,
		});
	}
	try {
		const bytes = Buffer.alloc(512);
		return bytes.toString('latin1', 0, readSync(handle, bytes, 0, bytes.length, 0));
	} finally {
		closeSync(handle);
	}
}
