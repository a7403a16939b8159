import { cpus, totalmem } from 'node:os';
import type { Row, Sizes } from './part.ts';

/** Everything measured in one run, as the README shows it. */
export function tableOf(day: string, sizes: Sizes, rows: readonly Row[]): string {
	const lines = rows.map((row) => `| ${row.what} | ${row.goal} | ${row.measured} | ${row.isMet === null ? '' : row.isMet ? 'yes' : '**no**'} |`);
	return [machineLine(day, sizes), '', '| measured | goal | result | met |', '|---|---|---|---|', ...lines, ''].join('\n');
}

function machineLine(day: string, sizes: Sizes): string {
	const [first] = cpus();
	const machine = `${cpus().length} cores (${first?.model.trim() || process.arch}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}, ${process.platform}`;
	return `Measured on ${day}: ${machine}. Registers of ${[sizes.small, sizes.middle, sizes.large].map(number).join(', ')} people. Ratios are medians of rounds in turn.`;
}

export function ms(value: number): string {
	return `${value < 0.1 ? value.toFixed(3) : value.toFixed(2)} ms`;
}

export function number(value: number): string {
	return Math.round(value).toLocaleString('en-GB');
}
