import { readRegisterNumber } from '#core/register-number.ts';
import type { Gender } from '#features/membership/index.ts';
import type { Headings } from './headings.ts';
import { readAwards } from './read-awards.ts';
import { readCpdTotal, readInsurance, readRecordCheck } from './read-checks.ts';
import { readListing } from './read-listing.ts';
import { readFormerNames, readLeaves, readMemberships, splitName } from './read-memberships.ts';
import { readOrders } from './read-orders.ts';
import { type Locator, readPlaces } from './read-places.ts';
import { type RowReader, rowReader } from './row-reader.ts';
import type { Remark, Wanted } from './wanted.ts';

const GENDERS: Record<string, Gender> = {
	woman: 'woman',
	female: 'woman',
	f: 'woman',
	w: 'woman',
	man: 'man',
	male: 'man',
	m: 'man',
	'non-binary': 'non-binary',
	'non binary': 'non-binary',
	nonbinary: 'non-binary',
	nb: 'non-binary',
	another: 'another',
	other: 'another',
};
const STANDINGS = {
	registered: 'registered',
	yes: 'registered',
	active: 'registered',
	current: 'registered',
	restricted: 'restricted',
	'not found': 'not_found',
	not_found: 'not_found',
	'could not check': 'could_not_check',
	unknown: 'could_not_check',
	'not checked': 'could_not_check',
} as const;

export type ReadRow = { wanted: Wanted | null; name: string; problems: Remark[]; notes: Remark[] };

/** Reads one row of the file into facts. `wanted` is null when anything in the row is wrong; `problems` then says all of it. */
export function readPerson(headings: Headings, cells: readonly string[], locator: Locator): ReadRow {
	const row = rowReader(headings, cells);
	if (cells.slice(headings.width).some((cell) => cell.trim() !== ''))
		row.refuse('', `has ${cells.length} cells under ${headings.width} headings: a value that holds a comma must stand in quotation marks`);
	const name = readName(row);
	const wanted: Wanted = {
		...(name ?? { givenNames: '', familyName: '' }),
		number: readNumber(row),
		details: {
			title: row.text('title', 30),
			gender: row.oneOf('gender', GENDERS),
			email: readEmail(row),
			phone: row.text('phone', 40),
			diedOn: row.day('died on'),
			importKey: row.text('member id', 60) ?? undefined,
		},
		nameChangedOn: row.day('name changed on') ?? null,
		formerNames: readFormerNames(row),
		registeredOn: row.day('registered on') ?? null,
		core: readCore(row),
		memberships: readMemberships(row),
		leaves: readLeaves(row),
		bornOn: row.day('birth date') ?? null,
		insurance: readInsurance(row),
		recordCheck: readRecordCheck(row),
		cpd: readCpdTotal(row),
		awards: readAwards(row, headings),
		orders: readOrders(row),
		...readListing(row),
		places: readPlaces(row, locator),
	};
	if (name && !wanted.number && !wanted.details.importKey && !wanted.details.email && row.problems.length === 0)
		row.refuse('', 'has no register number, member id or e-mail: without one of them the person cannot be found again');
	return {
		wanted: row.problems.length === 0 ? wanted : null,
		name: name ? `${name.givenNames} ${name.familyName}` : '',
		problems: row.problems,
		notes: row.notes,
	};
}

function readName(row: RowReader): { givenNames: string; familyName: string } | undefined {
	const [given, family] = [row.text('given names', 200), row.text('family name', 200)];
	const whole = given === undefined && family === undefined ? row.text('name', 200) : undefined;
	const name = whole ? splitName(whole) : given && family ? { givenNames: given, familyName: family } : null;
	if (name && /[\p{L}\p{N}]/u.test(name.givenNames) && /[\p{L}\p{N}]/u.test(name.familyName)) return name;
	if (whole) return row.refuse('name', 'needs a given and a family name');
	return row.refuse(given ? 'family name' : 'given names', 'is empty: everyone needs a given and a family name');
}

function readNumber(row: RowReader): string | null {
	const typed = row.text('register number', 40);
	if (!typed) return null;
	const read = readRegisterNumber(typed);
	if (read.kind === 'number') return read.number;
	const why =
		read.kind === 'wrong-check-digit'
			? `has a wrong check digit: ${read.meant} would be right for its other digits`
			: 'is not a register number such as IPT-000425';
	return row.refuse('register number', `“${typed}” ${why}`) ?? null;
}

function readEmail(row: RowReader): string | null | undefined {
	const typed = row.text('email', 254);
	if (typeof typed !== 'string') return typed;
	const bare = typed.replace(/^mailto:/i, '').toLowerCase();
	return /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+\.[^\s@.<>"(),:;\\[\]]{2,}$/.test(bare)
		? bare
		: row.refuse('email', `“${typed.slice(0, 60)}” is not an e-mail address`);
}

function readCore(row: RowReader): Wanted['core'] {
	const body = row.text('core body', 60);
	const reference = row.text('core number', 60) ?? null;
	const [checkedOn, fromOn] = [row.day('core checked on') ?? null, row.day('core since') ?? null];
	const standing = row.oneOf('core standing', STANDINGS) ?? (checkedOn ? 'registered' : 'could_not_check');
	if (body) return { body, reference, standing, checkedOn, fromOn };
	if (reference) row.refuse('core body', 'is empty, but there is a number: which body is it with?');
	return null;
}
