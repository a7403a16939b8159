import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildDefaultGazetteer, gazetteerInfo, haversineMiles, isUnknownPostcode, lookUpPlace, openGazetteer, pointOfPostcode } from '#db/gazetteer/index.ts';
import { loadOfficialGazetteer } from '#db/gazetteer/load-official.ts';
import { gridToWgs84 } from '#db/gazetteer/osgb.ts';
import { LAYOUTS, lineOf, madeRows, writeOnspd } from './make-onspd.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gazetteer-load-'));
const data = path.join(folder, 'data');
const file = path.join(data, 'gazetteer.db');
const template = path.join(folder, 'template.db');
const onspd = path.join(folder, 'ONSPD_TEST_UK.csv');
const options = { now: 5, signal: null, isPartial: false };
let rows = 0;

beforeAll(async () => {
	rows = await writeOnspd(onspd, 30_000, 'onspd2024');
	buildDefaultGazetteer(template, { now: 1 });
});
beforeEach(() => {
	rmSync(data, { recursive: true, force: true });
	mkdirSync(data);
	copyFileSync(template, file);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a failed load must leave: the old file to the byte, and nothing beside it. */
async function refused(target: string): Promise<string> {
	const before = readFileSync(file);
	const message = await loadOfficialGazetteer(file, target, options).then(
		() => 'loaded',
		(error: Error) => error.message,
	);
	expect(readFileSync(file).equals(before)).toBe(true);
	expect(readdirSync(data)).toEqual(['gazetteer.db']);
	return message;
}

describe('an official file', () => {
	test('is loaded whole: live and retired postcodes, sectors, the means of districts', async () => {
		const counts = await loadOfficialGazetteer(file, onspd, options);
		const gazetteer = openGazetteer(file);
		expect(counts.postcodes).toBe(rows);
		expect(gazetteerInfo(gazetteer)).toMatchObject({
			builtAt: 5,
			attribution: expect.stringContaining('Open Government Licence'),
		});
		const [first, second] = [...madeRows(30_000)].filter((row) => row.district === 'RG12');
		const live = pointOfPostcode(gazetteer, `RG12 ${first?.inward}`);
		expect(live).toMatchObject({
			precision: 'postcode',
			rough: false,
			retiredOn: null,
			nation: 'england',
			lat: expect.closeTo(first?.lat ?? 0, 5),
		});
		expect(pointOfPostcode(gazetteer, `RG12 ${second?.inward}`)).toMatchObject({
			precision: 'postcode',
			retiredOn: '1996-06',
		});
		expect(lookUpPlace(gazetteer, `RG12 ${first?.inward}`)).toMatchObject({
			place: { value: 'RG12 0', precision: 'sector' },
		});
		expect(isUnknownPostcode(gazetteer, 'RG12 9ZZ')).toBe(true);
		gazetteer.close();
	});

	test('gives no point to a postcode without one, which then takes that of its district', async () => {
		await loadOfficialGazetteer(file, onspd, options);
		const gazetteer = openGazetteer(file);
		expect(pointOfPostcode(gazetteer, 'JE2 0AA')).toMatchObject({ precision: 'district', nation: 'crown-dependency' });
		gazetteer.close();
	});

	test('with the column names of 2025 and later is read just as well', async () => {
		const nspl = path.join(folder, 'NSPL_TEST_UK.csv');
		const count = await writeOnspd(nspl, 10_000, 'nspl2026');
		expect((await loadOfficialGazetteer(file, nspl, options)).postcodes).toBe(count);
	});

	test('may be given as the folder it was unpacked into, with a byte order mark and curiosities inside', async () => {
		const unpacked = path.join(folder, 'unpacked', 'Data');
		mkdirSync(unpacked, { recursive: true });
		const [odd = ''] = [...madeRows(1)].map((row) => lineOf({ ...row, district: 'GIR', inward: '0AA' }, 'onspd2024'));
		writeFileSync(path.join(unpacked, 'ONSPD_X.csv'), `\uFEFF${readFileSync(onspd, 'utf8')}${odd}\r\n`);
		expect((await loadOfficialGazetteer(file, path.dirname(unpacked), options)).postcodes).toBe(rows);
	});

	test('puts a district in the nation of most of its postcodes', async () => {
		const moved = path.join(folder, 'moved.csv');
		writeFileSync(moved, readFileSync(onspd, 'utf8').replaceAll(/^("CA6 .*)"E92000001"/gm, '$1"S92000003"'));
		await loadOfficialGazetteer(file, moved, options);
		const gazetteer = openGazetteer(file);
		expect(lookUpPlace(gazetteer, 'CA6')).toMatchObject({ place: { nation: 'scotland' } });
		gazetteer.close();
	});
});

describe('Code-Point Open', () => {
	const root = path.join(folder, 'codepo_gb');
	const csv = path.join(root, 'Data', 'CSV');

	beforeAll(() => {
		mkdirSync(csv, { recursive: true });
		mkdirSync(path.join(root, 'Doc'));
		writeFileSync(path.join(root, 'Doc', 'Code-Point_Open_Column_Headers.csv'), 'PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\r\n');
		writeFileSync(path.join(csv, 'ab.csv'), codePointLine('AB101AB', '10', '394235', '806529') + codePointLine('AB101AD', '90', '0', '0'));
	});

	test('is loaded from its folder, grid metres turned into degrees', async () => {
		await loadOfficialGazetteer(file, root, { ...options, isPartial: true });
		const gazetteer = openGazetteer(file);
		const point = pointOfPostcode(gazetteer, 'AB10 1AB');
		expect(point).toMatchObject({ precision: 'postcode', nation: 'scotland' });
		expect(point && haversineMiles(point, gridToWgs84(394235, 806529))).toBeLessThan(0.001);
		expect(pointOfPostcode(gazetteer, 'AB10 1AD')?.precision).toBe('sector');
		expect(pointOfPostcode(gazetteer, 'BT1 1AA')?.precision).toBe('district');
		gazetteer.close();
	});

	test('that lacks areas is refused', async () => expect(await refused(root)).toMatch(/no postcodes in use in AL, B, BA.*cut short/));

	test('with a damaged line is refused, and the line is named', async () => {
		const bad = path.join(folder, 'bad', 'Data', 'CSV');
		mkdirSync(bad, { recursive: true });
		writeFileSync(path.join(bad, 'ab.csv'), `${codePointLine('AB101AB', '10', '394235', '806529')}"AB101AE",10,39`);
		expect(await refused(path.join(folder, 'bad'))).toMatch(/Line 2.*cut short/);
	});
});

describe('a file that will not do leaves the gazetteer in use as it is', () => {
	test('nothing there', async () => expect(await refused(path.join(folder, 'none.csv'))).toMatch(/There is nothing at/));

	test('a folder of something else', async () => expect(await refused(data)).toMatch(/is a folder, but holds neither/));

	test.each([
		['an empty file', '', /is empty/],
		['a zip file', 'PK\u0003\u0004', /zip file: unpack it/],
		['another kind of file', 'a,b\0c', /not a text file/],
		['the wrong columns', 'name,town\nSian,Bath\n', /lacks the postcode .*latitude/],
		['a header alone', `${LAYOUTS.onspd2024}\n`, /No postcodes were found/],
		['points outside these islands', `pcds,doterm,osgrdind,ctry,lat,long\nRG12 8XX,,1,E92000001,12.5,77.1\n`, /Line 2 has no place in these islands/],
		['no postcodes in the postcode column', `pcds,doterm,osgrdind,ctry,lat,long\nRG12 8XX,,1,,51.4,-0.7\n${'x,,1,,51.4,-0.7\n'.repeat(9)}`, /hold no postcode/],
	])('%s', async (name, text, message) => {
		const bad = path.join(folder, `${name}.csv`);
		writeFileSync(bad, text);
		expect(await refused(bad)).toMatch(message);
	});

	test('a file cut in the middle of a line', async () => {
		const cut = path.join(folder, 'cut.csv');
		copyFileSync(onspd, cut);
		truncateSync(cut, Math.floor(statSync(onspd).size * 0.6));
		expect(await refused(cut)).toMatch(/cut short/);
	});

	test('a file cut between two lines, because areas are missing from it', async () => {
		const text = readFileSync(onspd, 'utf8');
		const cut = path.join(folder, 'cut-clean.csv');
		writeFileSync(cut, text.slice(0, text.lastIndexOf('\n', text.length * 0.6) + 1));
		expect(await refused(cut)).toMatch(/no postcodes in use in .*--partial/);
	});

	test('a file that holds far fewer postcodes than the one in use', async () => {
		await loadOfficialGazetteer(file, onspd, options);
		const small = path.join(folder, 'ONSPD_small.csv');
		await writeOnspd(small, 10_000, 'onspd2024');
		expect(await refused(small)).toMatch(/the one in use .*cut short/);
	});

	test('a load that is stopped half-way', async () => {
		const stop = new AbortController();
		const running = loadOfficialGazetteer(file, onspd, {
			...options,
			signal: stop.signal,
			onProgress: () => stop.abort(),
		});
		await expect(running).rejects.toThrow(/abort/i);
		expect(readdirSync(data)).toEqual(['gazetteer.db']);
	});

	test('what a killed load left behind is swept up by the next one', async () => {
		writeFileSync(`${file}.draft-999999999`, 'half');
		await loadOfficialGazetteer(file, onspd, options);
		expect(readdirSync(data)).toEqual(['gazetteer.db']);
	});

	test('a file that cannot be opened', async () => {
		// A link to itself: unlike a file without permissions it stops root too.
		const closed = path.join(folder, 'closed.csv');
		symlinkSync(closed, closed);
		expect(await refused(closed)).toMatch(/[Tt]here is nothing at|cannot be read/);
	});
});

function codePointLine(postcode: string, quality: string, east: string, north: string): string {
	return `"${postcode}",${quality},${east},${north},"S92000003","","S08000020","","S12000033","S13002842"\r\n`;
}
