import { createHash } from 'node:crypto';

/** The rotation of the day: the same for everyone all day, and nobody's for ever. */
export function daySeed(day: string): number {
	return createHash('sha256').update(`rotation ${day}`).digest().readUInt32BE(0);
}

/** A well-mixed number from two (the finisher of MurmurHash3): the order of the day inside one mile. */
export function mixed(no: number, seed: number): number {
	let h = (no ^ seed) >>> 0;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}
