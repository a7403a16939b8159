import type Database from 'better-sqlite3';
import type { Nation } from './areas.ts';
import type { Point } from './distance.ts';
import { count, emptyTally, type Tally } from './tally.ts';

/** Takes official postcodes one by one: stores each, and keeps the sums from which sectors get their points. */
export type Sink = {
	add: (row: OfficialRow) => void;
	sectors: Map<string, Tally>;
	areas: Set<string>;
	rows: number;
	skipped: number;
};
export type OfficialRow = { postcode: string; point: Point | null; retired: number | null; nation: Nation | null };

/** The real shapes of a postcode with no space in it; anything else (`NPT 0AA`, `GIR 0AA`) is from before 1974 or a curiosity. */
const SHAPE = /^([A-Z]{1,2})([0-9][0-9A-Z]?)([0-9])[A-Z]{2}$/;

export function openSink(sql: Database.Database): Sink {
	const insert = sql.prepare('INSERT OR REPLACE INTO postcode VALUES (?,?,?,?)');
	const sink: Sink = { sectors: new Map(), areas: new Set(), rows: 0, skipped: 0, add };
	return sink;

	function add({ postcode, point, retired, nation }: OfficialRow): void {
		const key = postcode.replaceAll(' ', '');
		const shape = SHAPE.exec(key);
		if (!shape) {
			sink.skipped += 1;
			return;
		}
		sink.rows += 1;
		const [, area = '', number = '', digit = ''] = shape;
		if (retired === null) sink.areas.add(area);
		insert.run(key, point && Math.round(point.lat * 1e5), point && Math.round(point.lon * 1e5), retired);
		if (!point) return;
		const sector = `${area}${number} ${digit}`;
		const tally = sink.sectors.get(sector) ?? emptyTally();
		if (tally.live.n + tally.retired.n === 0) sink.sectors.set(sector, tally);
		count(tally, point, retired !== null, nation);
	}
}

/** Country codes of the Office for National Statistics. */
export const NATION_OF_CODE: Readonly<Record<string, Nation>> = {
	E92000001: 'england',
	S92000003: 'scotland',
	W92000004: 'wales',
	N92000002: 'northern-ireland',
	L93000001: 'crown-dependency',
	M83000003: 'crown-dependency',
};
