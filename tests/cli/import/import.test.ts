import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, importDesk } from './importing.ts';

let desk: Desk;
beforeEach(() => {
	desk = importDesk();
});
afterEach(() => desk.close());

const ANN =
	'given names,family name,email,memberships,awards\nAnn,Lee,ann@example.org,plus 2019-05-01 to 2026-12-31,practitioner adult 2019-05-01 to 2027-04-30\n';
const count = (table: string) => desk.rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]?.n;

describe('a check', () => {
	test('says what would be done and writes nothing', async () => {
		const result = await desk.bring(ANN, { commit: false });
		expect(result.summary).toContain('1 person would be created');
		expect([count('person'), count('audit_event')]).toEqual([0, 0]);
	});

	test('leaves no scratch file behind, whatever happens', async () => {
		await desk.bring(ANN, { commit: false });
		await expect(desk.bring('name,email\n"never closed')).rejects.toThrow('never closed');
		expect(readdirSync(desk.folder).filter((name) => name.startsWith('import-scratch'))).toEqual([]);
	});
});

describe('a commit', () => {
	test('enters people with the next free numbers, under one process', async () => {
		await desk.bring(`${ANN}Bo,May,bo@example.org,plus 2020-01-01 to 2026-12-31,practitioner adult 2020-01-01 to 2027-04-30\n`);
		expect(desk.rows('SELECT number, registered_on FROM registration ORDER BY sequence')).toEqual([
			{ number: 'IPT-000013', registered_on: '2019-05-01' },
			{ number: 'IPT-000021', registered_on: '2020-01-01' },
		]);
		expect(desk.rows('SELECT DISTINCT process_id FROM audit_event')).toHaveLength(1);
		expect(desk.rows("SELECT kind FROM audit_event WHERE kind = 'register.imported'")).toHaveLength(1);
	});

	test('of the same file again changes nothing and records nothing', async () => {
		await desk.bring(ANN);
		const events = count('audit_event');
		const again = await desk.bring(ANN);
		expect(again.counts).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
		expect(count('audit_event')).toBe(events);
	});

	test('of a later file renews what was renewed and touches nothing else', async () => {
		await desk.bring(ANN);
		const result = await desk.bring(ANN.replace('2026-12-31', '2027-12-31').replace('2027-04-30', '2032-04-30'));
		expect(result.counts.changed).toBe(1);
		expect(desk.rows('SELECT paid_to_on FROM membership_period')).toEqual([{ paid_to_on: '2027-12-31' }]);
		expect(desk.rows('SELECT from_on, to_on FROM award_term')).toEqual([{ from_on: '2019-05-01', to_on: '2032-04-30' }]);
	});

	test('refuses the whole import when one row is refused, unless told to leave it out', async () => {
		const mixed = `${ANN}Bo,,bo@example.org,,\n`;
		const refused = await desk.bring(mixed);
		expect([refused.isDone, count('person')]).toEqual([false, 0]);
		const partly = await desk.bring(mixed, { skipRefused: true });
		expect([partly.isDone, count('person')]).toEqual([true, 1]);
	});

	test('keeps a number that is given, and gives rows without one the numbers after it', async () => {
		const file =
			'register number,given names,family name,email,awards\n,Ann,Lee,ann@example.org,practitioner adult 2019-05-01 to 2027-04-30\nipt 00001 3,Bo,May,,practitioner adult 2019-05-01 to 2027-04-30\n';
		await desk.bring(file);
		const rows = desk.rows('SELECT r.number, n.family_name AS name FROM registration r JOIN person_name n USING (person_id) ORDER BY r.sequence');
		expect(rows).toEqual([
			{ number: 'IPT-000013', name: 'May' },
			{ number: 'IPT-000021', name: 'Lee' },
		]);
	});

	test('never gives a person on file another number, nor a number to somebody else', async () => {
		await desk.bring(ANN);
		const other = await desk.bring(
			'register number,given names,family name,email\nIPT-000021,Ann,Lee,ann@example.org\nIPT-000013,Zoe,Quite-Other,zoe@example.org\n',
		);
		expect(other.counts.refused).toBe(2);
		expect(other.summary).toContain('a number is never changed');
		expect(other.summary).toContain('someone whose name and e-mail are both different');
	});

	test('turns a changed name into a former one, with a new address for the listing and the old one kept', async () => {
		const listed = (name: string, extra: string) =>
			`member id,given names,family name,awards,memberships,publish,town,postcode,former names\n7,Ann,${name},practitioner adult 2019-05-01 to 2027-04-30,plus 2019-05-01 to 2026-12-31,yes,Bristol,BS1,${extra}\n`;
		await desk.bring(listed('Lee', ''));
		await desk.bring(listed('Bell', 'Ann Lee until 2026-10-01 shown'));
		expect(desk.rows('SELECT family_name, to_on, shown_when_former AS shown FROM person_name ORDER BY to_on')).toEqual([
			{ family_name: 'Bell', to_on: null, shown: 0 },
			{ family_name: 'Lee', to_on: '2026-10-01', shown: 1 },
		]);
		expect(desk.rows('SELECT slug FROM listing UNION ALL SELECT slug FROM listing_former_slug')).toEqual([
			{ slug: 'ann-bell-bristol' },
			{ slug: 'ann-lee-bristol' },
		]);
		expect(desk.rows('SELECT slug FROM finder')).toEqual([{ slug: 'ann-bell-bristol' }]);
	});

	test('shows a listing only with the consent in the file, and withdraws what is no longer in it', async () => {
		const file = (consent: string) =>
			`member id,name,awards,memberships,publish,about,postcode,consent\n7,Ann Lee,practitioner adult 2019-05-01 to 2027-04-30,plus 2019-05-01 to 2026-12-31,yes,Hello,BS1,${consent}\n`;
		await desk.bring(file('listing; places; about'));
		expect(desk.rows('SELECT about FROM public_listing')).toEqual([{ about: 'Hello' }]);
		await desk.bring(file('listing; places'));
		expect(desk.rows('SELECT about FROM public_listing')).toEqual([{ about: '' }]);
		expect((await desk.bring(file('about'))).summary).toContain('nobody is listed without agreeing');
	});

	test('clears a value by a dash and leaves it by an empty cell', async () => {
		const file = (phone: string) => `member id,name,phone\n7,Ann Lee,${phone}\n`;
		await desk.bring(file('020 7946 0001'));
		await desk.bring(file(''));
		expect(desk.rows('SELECT phone FROM person')).toEqual([{ phone: '020 7946 0001' }]);
		await desk.bring(file('-'));
		expect(desk.rows('SELECT phone FROM person')).toEqual([{ phone: null }]);
	});

	test('takes a trainee on file without a place on the register', async () => {
		await desk.bring('name,email,category,joined,paid to\nAnn Lee,ann@example.org,Trainee,01/10/2025,30/09/2027\n');
		expect([count('person'), count('registration'), count('membership_period')]).toEqual([1, 0, 1]);
	});
});

describe('the report', () => {
	test('has a line on every row, with the number that was given, and no cell that a spreadsheet would run', async () => {
		const report = join(desk.folder, 'report.csv');
		await desk.bring(`${ANN}=1+1,May,bo@example.org,rubbish,\n`, { report, skipRefused: true });
		const text = readFileSync(report, 'utf8');
		expect(text).toContain('2,created,IPT-000013,Ann Lee,,');
		expect(text).toContain("3,refused,,'=1+1 May,memberships,");
	});

	test('refuses the second of two rows on one person', async () => {
		const result = await desk.bring(`${ANN}${ANN.split('\n')[1]}\n`);
		expect(result.summary).toContain('is the same person as row 2');
	});

	test('names likely duplicates: the same name and number elsewhere, and names that sound alike at one postcode', async () => {
		const file =
			'member id,name,core body,core number,postcode\n1,Siân Jones,HCPC,PYL 1,\n2,Sian Jones,HCPC,pyl1,\n3,Cathryn Stephens,NMC,5,BS1 4DJ\n4,Catherine Stevens,NMC,6,BS1 4DJ\n5,Sian Jones,HCPC,pyl-1,\n';
		const result = await desk.bring(file, { commit: false });
		expect(result.summary).toMatch(/Row 3 \(Sian Jones\), likely duplicate: may be the same person as row 2: the same name and core profession number/);
		expect(result.summary).toMatch(/Row 5 \(Catherine Stevens\), likely duplicate: may be the same person as row 4: a name that sounds alike/);
	});

	test('names likely duplicates of people on file', async () => {
		await desk.bring(ANN);
		const result = await desk.bring('member id,name,email\n9,ann LEE,ann@example.org\n', { commit: false });
		expect(result.summary).toContain('may be the same person as IPT-000013: the same name and e-mail');
	});
});
