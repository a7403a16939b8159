import type { Place } from './environment.ts';

export type Sizes = { small: number; middle: number; large: number };
/** A line of the table. `isMet` null: there is no goal. */
export type Row = { what: string; goal: string; measured: string; isMet: boolean | null };

/** What all parts share. Registers and searches are made, or found from an earlier run, when the first part asks for them. */
export type Bench = {
	folder: string;
	buildDir: string;
	sizes: Sizes;
	rounds: number;
	isQuick: boolean;
	say(step: string): void;
	register(size: keyof Sizes): Promise<string>;
	/** Addresses of searches that find somebody. */
	searches(): Promise<string[]>;
	/** Where a server stands on the register of a size, and a page of results to ask it for. */
	place(size: keyof Sizes): Promise<Place & { address: string }>;
};

/** Something that is measured by itself: `npm run bench -- NAME`. */
export type Part = { name: string; says: string; run(bench: Bench): Promise<Row[]> };
