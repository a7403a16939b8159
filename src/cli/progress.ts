import type { WriteStream } from 'node:tty';

export type Progress = { step: string; done: number; total: number; rows: number };
export type ProgressWriter = { show: (progress: Progress) => void; end: () => void; seconds: () => number };

const BAR = 24;

/**
 * A bar with rate and time left on a terminal, redrawn ten times a second at most; plain lines, one for each tenth of
 * the way, anywhere else.
 */
export function progressWriter(out: WriteStream): ProgressWriter {
	const started = performance.now();
	const seconds = (): number => (performance.now() - started) / 1000;
	let [shownAt, shownLine, isDrawn] = [0, '', false];
	return { show, end, seconds };

	function show(progress: Progress): void {
		const isLast = progress.done >= progress.total;
		if (out.isTTY && !isLast && seconds() - shownAt < 0.1) return;
		shownAt = seconds();
		const line = out.isTTY ? barLine(progress, seconds()) : plainLine(progress);
		if (line === shownLine) return;
		shownLine = line;
		isDrawn = out.isTTY;
		out.write(out.isTTY ? `\r\u001B[K${line}` : `${line}\n`);
	}

	function end(): void {
		if (isDrawn) out.write('\n');
	}
}

function barLine({ step, done, total, rows }: Progress, seconds: number): string {
	const part = total > 0 ? Math.min(1, done / total) : 0;
	const filled = Math.round(part * BAR);
	const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
	const left = part > 0.01 && part < 1 ? `, ${Math.ceil((seconds / part) * (1 - part))} s left` : '';
	const speed = rows > 0 ? ` ${rows.toLocaleString('en-GB')} rows, ${Math.round(rows / seconds).toLocaleString('en-GB')} a second${left}` : '';
	return `${step.padEnd(20)} ${bar} ${Math.floor(part * 100)} %${speed}`;
}

function plainLine({ step, done, total, rows }: Progress): string {
	const tenth = total > 0 ? Math.floor((done / total) * 10) * 10 : 0;
	return rows > 0 ? `${step}: ${tenth} %` : step;
}
