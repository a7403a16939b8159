import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Settings } from '#settings';
import { type Letter, messageOf, type Transport } from './mail-message.ts';

/** Time and outbox id, nothing else: a file name must say nothing about anyone. */
const NAME = /^(\d{8}T\d{6}Z)-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.eml$/;

/**
 * Delivers into files `DATA_DIR/mail/<time>-<id>.eml`, for demonstrations and tests. Exactly once: the name comes from the
 * outbox row, and a file that is there is left as it is.
 */
export function fileTransport(settings: Settings): Transport {
	const folder = mailFolder(settings.dataDir);
	const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
	return {
		name: 'files',
		async send(letter) {
			const { message } = await composer.sendMail(messageOf(letter, settings));
			keep(folder, nameOf(letter), message as Buffer);
		},
		close: () => composer.close(),
	};
}

export type DeliveredMail = { name: string; id: string; at: number };

/** Every message in the mail folder, newest first. `at` is when it was written, in milliseconds UTC. */
export function deliveredMails(dataDir: string): DeliveredMail[] {
	return fileNames(mailFolder(dataDir))
		.sort()
		.reverse()
		.map((name) => ({ name, id: idOf(name), at: instantOf(name) }));
}

/** The bytes of one message, or null when there is no such file. Only names that `deliveredMails` gives lead anywhere. */
export function rawMail(dataDir: string, name: string): Buffer | null {
	const file = join(mailFolder(dataDir), name);
	return NAME.test(name) && existsSync(file) && statSync(file).isFile() ? readFileSync(file) : null;
}

/** Deletes the files of messages for which `isGone` is true, and what an interrupted write left. Returns how many messages went. */
export function removeMails(dataDir: string, isGone: (id: string) => boolean): number {
	const folder = mailFolder(dataDir);
	const gone = fileNames(folder).filter((name) => isGone(idOf(name)));
	for (const name of gone) rmSync(join(folder, name), { force: true });
	return gone.length;
}

export function mailFolder(dataDir: string): string {
	return join(dataDir, 'mail');
}

function fileNames(folder: string): string[] {
	return existsSync(folder) ? readdirSync(folder).filter((name) => NAME.test(name)) : [];
}

function nameOf(letter: Letter): string {
	return `${new Date(letter.createdAt).toISOString().replace(/[-:]|\.\d+/g, '')}-${letter.id}.eml`;
}

function idOf(name: string): string {
	return NAME.exec(name)?.[2] ?? '';
}

function instantOf(name: string): number {
	return Date.parse(name.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'));
}

function keep(folder: string, name: string, content: Buffer): void {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const file = join(folder, name);
	if (existsSync(file)) return;
	const part = `${file}.${process.pid}.part`;
	try {
		write(part, content);
		renameSync(part, file);
	} finally {
		rmSync(part, { force: true });
	}
	syncFolder(folder);
}

function write(file: string, content: Buffer): void {
	const handle = openSync(file, 'w', 0o600);
	try {
		for (let done = 0; done < content.length; ) done += writeSync(handle, content, done);
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

/** Makes a rename outlast a power cut. */
export function syncFolder(folder: string): void {
	const handle = openSync(folder, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
