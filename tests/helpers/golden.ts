import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

const FOLDER = join(import.meta.dirname, '../golden');

/**
 * Compares a text with the one kept under `tests/golden/<name>.txt`. With UPDATE_GOLDEN=1 it is written anew: read the difference
 * before you commit it.
 */
export function expectGolden(name: string, text: string): void {
	const file = join(FOLDER, `${name}.txt`);
	if (process.env.UPDATE_GOLDEN === '1') {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
	expect(existsSync(file) ? readFileSync(file, 'utf8') : `(no ${name}: run with UPDATE_GOLDEN=1)`).toBe(text);
}

/** A message as its golden file has it: subject, empty line, text. */
export function expectGoldenMail(mail: { kind: string; subject: string; text: string }, variant = ''): void {
	expectGolden(`mails/${mail.kind}${variant && `-${variant}`}`, `${mail.subject}\n\n${mail.text}\n`);
}
