import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { compile } from 'sass';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { css } = compile(join(root, 'src/ui/styles/site.scss'), { loadPaths: [join(root, 'node_modules')], style: 'compressed' });

test('the whole style is at most 12 KB on the way', () => {
	expect(brotliCompressSync(css).length).toBeLessThanOrEqual(12 * 1024);
});

test('the script for comfort is under 6 KB before it is even made smaller', () => {
	expect(readFileSync(join(root, 'src/ui/enhance.ts')).length).toBeLessThan(6 * 1024);
});

test('nothing of the government’s or the NHS’s own dress is in it', () => {
	expect(css).not.toMatch(/GDS Transport|crest|crown|frutiger|nhs/i);
});

test('nothing is fetched from anyone else', () => {
	expect(css).not.toMatch(/https?:|url\(\/\//);
});
