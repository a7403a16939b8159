import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shingles } from './prose.ts';

// Run by hand when a seed text changes: node tests/content/make-seed-shingles.ts <folder of seed texts>
const folder = process.argv[2];
if (folder === undefined) throw new Error('Say which folder holds the seed texts');

const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const hashes = new Set(texts.flatMap((name) => shingles(readFileSync(join(folder, name), 'utf8'))));
writeFileSync(join(import.meta.dirname, 'seed-shingles.json'), `${JSON.stringify([...hashes].sort())}\n`);
