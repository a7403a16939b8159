import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const GOLDEN = 'tests/golden/mails';
/** A kind as it is written in a source: `'payments.receipt'`. */
const WRITTEN_KIND = /['`]([a-z_]+\.[a-z_-]+)['`]/g;

const filesUnder = (folder: string) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((file) => file.isFile() && file.name.endsWith('.ts'))
		.map((file) => ({ path: join(file.parentPath, file.name), text: readFileSync(join(file.parentPath, file.name), 'utf8') }));

const SOURCES = filesUnder('src');
const MAIL_FILES = SOURCES.filter(({ path }) => /mails\.ts$/.test(path));

/** Exported functions that give back a message, by name, and the kinds that are written in each. */
function makersIn(text: string): { name: string; kinds: string[] }[] {
	const functions = text.split(/^export function /m).slice(1);
	const makers = functions.filter((f) => /\): (?:Omit<)?Mail\b/.test(f.slice(0, f.indexOf('{\n'))));
	return makers.map((f) => ({ name: /^\w+/.exec(f)?.[0] ?? '', kinds: [...f.matchAll(WRITTEN_KIND)].map((m) => m[1] ?? '') }));
}

const kept = readdirSync(GOLDEN);
const isKept = (kind: string) => kept.some((file) => file === `${kind}.txt` || file.startsWith(`${kind}-`));

test('every kind of message that is written out has a golden file', () => {
	const kinds = MAIL_FILES.flatMap(({ text }) => [...text.matchAll(WRITTEN_KIND)].map((m) => m[1] ?? ''));
	expect(kinds.length).toBeGreaterThan(30);
	expect(kinds.filter((kind) => !isKept(kind))).toEqual([]);
});

test('a maker of messages whose kind is put together is named by a test that keeps what it makes word for word', () => {
	const keeping = filesUnder('tests').filter(({ text }) => /\bexpectGoldenMail\(/.test(text));
	const makers = MAIL_FILES.flatMap(({ path, text }) => makersIn(text).map((maker) => ({ path, ...maker })));
	const unseen = makers.filter(({ kinds }) => kinds.length === 0);
	const forgotten = unseen.filter(({ name }) => !keeping.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text)));
	expect(makers.length).toBeGreaterThan(40);
	expect(unseen.length).toBeGreaterThan(10);
	expect(forgotten).toEqual([]);
});

test('messages are made in files of messages only', () => {
	// The outbox takes any; a message sent again is a copy of one that was made before.
	const mayName = /(?:mails|\/letter|core\/outbox|messages-commands)\.ts$/;
	const elsewhere = SOURCES.filter(({ path, text }) => /\bdedupeKey:/.test(text) && !mayName.test(path)).map(({ path }) => path);
	expect(elsewhere).toEqual([]);
});
