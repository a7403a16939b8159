import { createHash } from 'node:crypto';

/** Two numbers of 26 bits that make the order of a day; the factor is odd. */
export type Rotation = { factor: number; offset: number };

const BITS = 26;
/** Turns are whole numbers from 0 up to this. */
export const TURNS = 2 ** BITS;
const MASK = TURNS - 1;
/** The middle of a square of twice as many bits: neither end of it is well mixed. */
const MIDDLE = 16;

/** The rotation of the day: the same for everyone all day, and nobody's for ever. */
export function daySeed(day: string): number {
	return digestOf(day).readUInt32BE(0);
}

/** What decides, inside one mile, who comes first on a day. */
export function rotationOf(day: string): Rotation {
	const digest = digestOf(day);
	return { factor: (digest.readUInt32BE(4) & MASK) | 1, offset: digest.readUInt32BE(8) & MASK };
}

/**
 * A therapist's turn on a day. `no · factor + offset` alone would set neighbours by number at equal steps, and then some of them come first
 * half as often again as others; the middle of its square does not. Everything stays exact in 53 bits.
 * @param no the therapist's number in the finder, up to 21 bits
 */
export function turnIn({ factor, offset }: Rotation, no: number): number {
	const step = (Math.imul(no, factor) + offset) & MASK;
	return Math.floor((step * step) / 2 ** MIDDLE) % TURNS;
}

/** The same in SQLite, which then need not hand out every row of a city. Its `?` take `turnValues`. */
export function turnText(no: string): string {
	const step = `(${no} * ? + ? & ${MASK})`;
	return `(${step} * ${step} >> ${MIDDLE} & ${MASK})`;
}

/** Bigints, because a JavaScript number reaches SQLite as a float. */
export function turnValues({ factor, offset }: Rotation): bigint[] {
	const once = [BigInt(factor), BigInt(offset)];
	return [...once, ...once];
}

function digestOf(day: string): Buffer {
	return createHash('sha256').update(`rotation ${day}`).digest();
}
