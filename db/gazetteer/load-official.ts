import { existsSync } from 'node:fs';
import { allAreas, nationOf } from './areas.ts';
import { type BuildOptions, type Counts, dropDraft, finishDraft, startDraft } from './build.ts';
import { readCodePointFiles } from './code-point.ts';
import { readDirectoryFile } from './directory-file.ts';
import { findOfficialSource, type OfficialSource } from './official-source.ts';
import { gazetteerInfo, openGazetteer } from './open.ts';
import { openSink, type Sink } from './sink.ts';

export type LoadOptions = BuildOptions & {
	/** Stops the load; the gazetteer in use stays. */
	signal: AbortSignal | null;
	/** Takes a file that holds only part of the country. */
	isPartial: boolean;
};

const OGL = 'Contains public sector information licensed under the Open Government Licence v3.0.';
const ATTRIBUTION = {
	directory: `Contains OS data © Crown copyright and database right; contains Royal Mail data © Royal Mail copyright and database right. ${OGL}`,
	'code-point': `Contains OS data © Crown copyright and database right; contains Royal Mail data © Royal Mail copyright and database right; contains National Statistics data © Crown copyright and database right. ${OGL}`,
};

/**
 * Loads an official file or folder into a new gazetteer and puts it in the place of `file` once it is whole. Any
 * failure or an abort leaves the one in use untouched, removes the draft, and throws an Error with a message for people.
 */
export async function loadOfficialGazetteer(file: string, target: string, options: LoadOptions): Promise<Counts> {
	const source = findOfficialSource(target);
	const draft = startDraft(file);
	try {
		const sink = openSink(draft.sql);
		draft.sql.exec('BEGIN');
		await readAll(source, sink, options);
		draft.sql.exec('COMMIT');
		refuseBroken(sink, source, { file, isPartial: options.isPartial });
		return finishDraft(draft, { sectors: sink.sectors, source: source.name, attribution: ATTRIBUTION[source.kind] }, options);
	} catch (error) {
		dropDraft(draft);
		throw error;
	}
}

async function readAll(source: OfficialSource, sink: Sink, options: LoadOptions): Promise<void> {
	const onBytes = (bytes: number): void => options.onProgress?.({ step: 'Postcodes', done: bytes, total: source.bytes, rows: sink.rows });
	const reading = { onBytes, signal: options.signal };
	if (source.kind === 'code-point') await readCodePointFiles(source.files, sink, reading);
	else await readDirectoryFile(source.files[0] ?? '', sink, reading);
}

/** A file cut short between two lines looks whole, but then areas are missing, or far fewer postcodes than before. */
function refuseBroken(sink: Sink, source: OfficialSource, { file, isPartial }: { file: string; isPartial: boolean }): void {
	if (sink.rows === 0) throw new Error('No postcodes were found in it.');
	if (sink.skipped > sink.rows / 20) throw new Error(`${sink.skipped} of its rows hold no postcode: it is damaged or of another kind.`);
	if (isPartial) return;
	const missing = allAreas().filter((area) => isOwed(area, source) && !sink.areas.has(area));
	if (missing.length > 0) {
		throw new Error(`It has no postcodes in use in ${listed(missing)}: it seems to be cut short. Add --partial if that is meant.`);
	}
	const before = postcodesInUse(file, source);
	if (sink.rows < before * 0.9) {
		throw new Error(`It holds ${sink.rows} postcodes, the one in use ${before}: it seems to be cut short. Add --partial if that is meant.`);
	}
}

function isOwed(area: string, source: OfficialSource): boolean {
	const nation = nationOf(area);
	return nation !== 'crown-dependency' && (source.kind === 'directory' || nation !== 'northern-ireland');
}

function listed(areas: string[]): string {
	return areas.length > 6 ? `${areas.slice(0, 6).join(', ')} and ${areas.length - 6} more areas` : areas.join(', ');
}

/** How many postcodes of the same source are in use now; 0 when there is none to compare with. */
function postcodesInUse(file: string, source: OfficialSource): number {
	if (!existsSync(file)) return 0;
	try {
		const gazetteer = openGazetteer(file);
		const info = gazetteerInfo(gazetteer);
		gazetteer.close();
		return info.source === source.name ? (info.counts.postcodes ?? 0) : 0;
	} catch {
		return 0;
	}
}
