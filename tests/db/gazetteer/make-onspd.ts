import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { embeddedDistricts } from '#db/gazetteer/write-areas.ts';

/** Header lines as published: ONSPD to 2024, and the NSPL/ONSPD style of names from 2025. */
export const LAYOUTS = {
	onspd2024:
		'pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21',
	nspl2026:
		'pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd,nhser24cd,ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,oac21ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd25ind,icb26cd',
} as const;
export type Layout = keyof typeof LAYOUTS;

export type MadeRow = {
	district: string;
	inward: string;
	lat: number;
	lon: number;
	doterm: string;
	quality: string;
	ctry: string;
};

const COUNTRY = {
	england: 'E92000001',
	scotland: 'S92000003',
	wales: 'W92000004',
	'northern-ireland': 'N92000002',
	'crown-dependency': 'M83000003',
};
const UNIT = 'ABDEFGHJLNPQRSTUWXYZ';

/** About so many rows spread evenly over all districts, in the order of the published file; a third are retired. */
export function* madeRows(about: number): Generator<MadeRow> {
	const districts = embeddedDistricts().toSorted((a, b) => (a.district < b.district ? -1 : 1));
	const each = Math.max(2, Math.round(about / districts.length));
	for (const { district, lat, lon, nation } of districts) {
		const hasPoint = nation !== 'crown-dependency';
		for (let i = 0; i < each; i += 1) {
			const inward = `${Math.floor(i / 400) % 10}${UNIT[Math.floor(i / 20) % 20]}${UNIT[i % 20]}`;
			const shift = (((i * 7919) % 1000) - 500) / 1e5;
			yield {
				district,
				inward,
				lat: hasPoint ? lat + shift : 99.999999,
				lon: hasPoint ? lon - shift : 0,
				doterm: i % 3 === 1 ? '199606' : '',
				quality: hasPoint ? '1' : '9',
				ctry: COUNTRY[nation],
			};
		}
	}
}

/** One line in a layout, quoted as the published files are: text in quotes, latitude and longitude bare. */
export function lineOf(row: MadeRow, layout: Layout): string {
	return LAYOUTS[layout]
		.split(',')
		.map((name) => fieldOf(row, name))
		.join(',');
}

function fieldOf(row: MadeRow, name: string): string {
	if (name === 'pcds') return `"${row.district} ${row.inward}"`;
	if (/^pcd7?$/.test(name)) return `"${row.district.padEnd(4)}${row.inward}"`;
	if (/^pcd[28]$/.test(name)) return `"${row.district.padEnd(5)}${row.inward}"`;
	if (name === 'dointr') return '"198001"';
	if (name === 'doterm') return `"${row.doterm}"`;
	if (/gridind|osgrdind/.test(name)) return `"${row.quality}"`;
	if (/^ctry/.test(name)) return `"${row.ctry}"`;
	if (name === 'lat') return row.lat.toFixed(6);
	if (name === 'long') return row.lon.toFixed(6);
	if (/east1m/.test(name)) return '"385386"';
	if (/north1m|osnrth1m/.test(name)) return '"0801193"';
	return '"E99999999"';
}

/** Streams a file of about so many rows; returns how many it holds. */
export async function writeOnspd(file: string, about: number, layout: Layout): Promise<number> {
	const out = createWriteStream(file);
	out.write(`${LAYOUTS[layout]}\r\n`);
	let [rows, block] = [0, ''];
	for (const row of madeRows(about)) {
		block += `${lineOf(row, layout)}\r\n`;
		rows += 1;
		if (block.length < 1 << 18) continue;
		if (!out.write(block)) await once(out, 'drain');
		block = '';
	}
	out.end(block);
	await finished(out);
	return rows;
}

if (import.meta.main) {
	const [file = '', about = '2700000', layout = 'onspd2024'] = process.argv.slice(2);
	const rows = await writeOnspd(file, Number(about), layout as Layout);
	process.stdout.write(`${rows} rows in ${file}\n`);
}
