import { spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { storedFile } from '#db/schema/files.ts';
import { inTurn, openTurns } from './turns.ts';

export type FileType = (typeof storedFile.$inferSelect)['type'];
/** `text`: what a PDF says, for warnings; never stored. `refused`: for people. */
export type Verdict = { type: FileType; content: Buffer; text: string } | { refused: string };
/** A photo is made small and square-cornered for the web and must be an image; a document may be any of the three kinds. */
export type FileUse = 'photo' | 'document';

/** security.md §5.2: what a check may use. Measured: 171 MB at most for a picture of 40 million pixels, 218 for one in passes, 185 for a PDF of 10 MB. */
const MOST_MS = 10_000;
const MOST_RESIDENT_BYTES = 256 * 1024 * 1024;
const MOST_HEAP_MB = 160;
const WATCH_MS = 50;
/** Two at a time, and a few that wait: a crowd of files must not take the machine from readers. */
const turns = openTurns(2, 12);

const BUSY = 'We are checking many files just now. Nothing is lost: send it again in a minute.';
const UNREADABLE = 'We could not read that file. Save it again as PDF, JPEG or PNG, and choose the new one.';
const TOO_MUCH = 'That file takes too much to open. Save it smaller or simpler, and choose the new one.';

/**
 * Looks into a file from a stranger in a process of its own, which may write nothing, start nothing, knows no secret, and is ended after
 * ten seconds or when it grows too large.
 * @param sourceDir the program's sources. @param bytes at most 10 MB.
 */
export async function checkFile(sourceDir: string, bytes: Buffer, use: FileUse): Promise<Verdict> {
	return (await inTurn(turns, () => checkApart(sourceDir, bytes, use))) ?? { refused: BUSY };
}

function checkApart(sourceDir: string, bytes: Buffer, use: FileUse): Promise<Verdict> {
	const program = join(sourceDir, 'core', 'file-check-child.ts');
	const readable = [join(sourceDir, '..'), realpathSync(join(sourceDir, '..', 'node_modules'))].map((folder) => `--allow-fs-read=${folder}`);
	const args = ['--permission', ...readable, '--allow-addons', `--max-old-space-size=${MOST_HEAP_MB}`, '--no-warnings', program, use];
	return new Promise((resolve) => {
		const child = spawn(process.execPath, args, { cwd: sourceDir, env: { VIPS_CONCURRENCY: '1', MALLOC_ARENA_MAX: '2' }, stdio: ['pipe', 'pipe', 'ignore'] });
		const chunks: Buffer[] = [];
		let tooMuch = false;
		const end = () => {
			tooMuch = true;
			child.kill('SIGKILL');
		};
		const timer = setTimeout(end, MOST_MS);
		const watch = setInterval(() => residentBytes(child.pid) > MOST_RESIDENT_BYTES && end(), WATCH_MS);
		child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.stdin.on('error', () => undefined);
		child.on('error', () => resolve({ refused: BUSY }));
		child.on('close', (code) => {
			clearTimeout(timer);
			clearInterval(watch);
			resolve(code === 0 ? answerOf(Buffer.concat(chunks)) : { refused: tooMuch || code === 134 ? TOO_MUCH : UNREADABLE });
		});
		child.stdin.end(bytes);
	});
}

/** One line of JSON, then the content. */
function answerOf(output: Buffer): Verdict {
	const end = output.indexOf(10);
	if (end === -1) return { refused: UNREADABLE };
	const head = JSON.parse(output.toString('utf8', 0, end)) as { refused: string } | { type: FileType; text: string };
	return 'refused' in head ? head : { ...head, content: output.subarray(end + 1) };
}

/** What a process holds in memory; 0 where the system does not say (then time and heap are the limits). */
function residentBytes(pid: number | undefined): number {
	try {
		return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096;
	} catch {
		return 0;
	}
}
