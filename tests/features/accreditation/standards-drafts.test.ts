import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts';
import {
	arrangeRoutes,
	arrangeSections,
	changeStandardsDraft,
	discardStandardsDraft,
	draftStandards,
	publishStandards,
	removePart,
	routeOf,
	type Standards,
	sayDifference,
	sectionForm,
	sectionTyped,
	standardSet,
	standardsDifferences,
	standardsDraft,
	standardsDrafts,
	standardsOn,
	standardVersions,
	standingOf,
} from '#features/accreditation/index.ts';
import { asOn, asPerson } from '#tests/features/cpd/members.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { begun } from './standards-scene.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let committee: Ctx;
let draft: string;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	committee = asPerson(system, 'committee-member', 'committee');
	draft = draftStandards(committee, '2027-1');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const now = () => standardsDraft(committee, draft);
const first = () => standardsOn(system.db, '2026-11-22').standards;
const CASES = { route: 'practitioner', section: 'cases' };
const cases = (standards: Standards) =>
	routeOf(standards, 'practitioner').sections.find((section) => section.key === 'cases') as ReturnType<typeof caseSection>;
const caseSection = () => routeOf(first(), 'practitioner').sections[2] as Standards['routes'][number]['sections'][number];
/** The form of the section with cases as somebody sends it. */
const typed = (changes: Record<string, string | string[]>, version = now().version) =>
	sectionForm(now().standards, CASES).parse({ ...sectionTyped(cases(now().standards)), ...changes, version: String(version) });
const moreCases = () => changeStandardsDraft(committee, draft, typed({ 'rules-0-atLeast': '5' }));
const publishing = (from = '2027-01-01') => ({ from, reason: 'Minute 7 of November', version: now().version });
const kinds = () => system.db.sql.prepare("SELECT kind FROM audit_event WHERE kind LIKE 'accreditation.standards%' ORDER BY seq").pluck().all();

describe('a draft of standards', () => {
	test('begins as a copy of the set in force and is compared with it in words', () => {
		expect(now()).toMatchObject({ name: '2027-1', basedOn: '2026-1', version: 1 });
		expect(standardsDifferences(first(), now().standards)).toEqual([]);
		moreCases();
		expect(standardsDifferences(first(), now().standards).map(sayDifference)).toEqual([
			'Accredited practitioner: Your supervised cases: Supervised cases passed: 4 cases → 5 cases',
		]);
	});

	test('keeps what it holds when a form is sent without a change', () => {
		changeStandardsDraft(committee, draft, typed({}));
		expect([now().standards, now().version]).toEqual([first(), 2]);
	});

	test('takes criteria in another order, one more and one less, and none loses its key', () => {
		const more = { 'criteria-0-text': '', 'criteria-3-text': 'They know when not to treat.', 'criteria-3-key': '', act: 'criteria.3.up' };
		changeStandardsDraft(committee, draft, typed(more));
		expect(cases(now().standards).criteria.map(({ key }) => key)).toEqual(['cases_competence', 'they_know_when_not_to_treat', 'cases_range']);
	});

	test('is compared also in the order of things; what is added or taken away changes no order by itself', () => {
		changeStandardsDraft(committee, draft, typed({ act: 'criteria.1.up' }));
		const said = () => standardsDifferences(first(), now().standards).map(({ label }) => label);
		expect(said()).toEqual(['Accredited practitioner: Your supervised cases: order of what assessors look for']);
		const added = { title: 'Your ethics', criterion: 'They say what they would not do.', act: '', version: 2 };
		arrangeSections(committee, draft, 'practitioner', added);
		expect(said().filter((label) => label.includes('order of'))).toHaveLength(1);
		arrangeSections(committee, draft, 'practitioner', { title: '', criterion: '', act: 'your_ethics.up', version: 3 });
		expect(said().filter((label) => label.includes('order of sections'))).toEqual([]);
		arrangeSections(committee, draft, 'practitioner', { title: '', criterion: '', act: 'cases.up', version: 4 });
		expect(said()).toContain('Accredited practitioner: order of sections');
	});

	test('takes routes and sections that are added, moved and removed', () => {
		const key = arrangeRoutes(committee, draft, { title: 'Accredited with older people', copyOf: 'group', act: '', version: 1 });
		expect(key).toBe('accredited_with_older_people');
		arrangeRoutes(committee, draft, { title: '', copyOf: '', act: `${key}.up`, version: 2 });
		expect(now().standards.routes.at(-2)?.key).toBe(key);
		const added = { title: 'Your ethics', criterion: 'They say what they would not do.', act: '', version: 3 };
		expect(arrangeSections(committee, draft, 'practitioner', added)).toBe('your_ethics');
		removePart(committee, draft, { route: 'practitioner', section: 'standing', version: 4 });
		removePart(committee, draft, { route: 'recognition', section: null, version: 5 });
		expect(routeOf(now().standards, 'practitioner').sections.at(-1)?.key).toBe('your_ethics');
		const said = standardsDifferences(first(), now().standards).map(sayDifference).join('\n');
		for (const words of ['Accredited with older people: name: nothing →', 'Your ethics: what assessors look for', 'Recognition of a certificate'])
			expect(said).toContain(words);
		expect(standardSet(system.db, '2026-1').standards.routes.length).toBe(16);
	});

	test('of two people who save the same draft, the second is told and overwrites nothing', () => {
		const mine = typed({ 'rules-0-atLeast': '6' });
		moreCases();
		expect(() => changeStandardsDraft(committee, draft, mine)).toThrow(Conflict);
		expect(cases(now().standards).rules[0]?.atLeast).toBe(5);
	});

	test('says beside the field what cannot be taken', () => {
		const read = sectionForm(first(), CASES).safeParse({ ...sectionTyped(caseSection()), title: '', 'rules-0-atLeast': '4.5', version: '1' });
		expect(read.error?.issues.map(({ path }) => path[0])).toEqual(expect.arrayContaining(['title', 'rules-0-atLeast']));
	});

	test('is nobody’s but the committee’s and the registrar’s', () => {
		const officer = asPerson(system, 'officer', 'membership_officer');
		expect(() => standardsDrafts(officer)).toThrow(Forbidden);
		expect(() => draftStandards(officer, '2028-1')).toThrow(Forbidden);
		expect(() => publishStandards(asPerson(system, 'lay', 'lay_panel_member'), draft, publishing())).toThrow(Forbidden);
	});

	test('is thrown away once, and its name is free again', () => {
		discardStandardsDraft(committee, draft);
		expect(() => discardStandardsDraft(committee, draft)).toThrow(NotFound);
		expect(draftStandards(committee, '2027-1')).not.toBe(draft);
		expect(() => draftStandards(committee, '2026-1')).toThrow(Invalid);
	});
});

describe('publishing', () => {
	test('is for a day to come, and from that day on the set is in force', () => {
		moreCases();
		expect(() => publishStandards(committee, draft, publishing('2026-11-22'))).toThrow('a day to come');
		publishStandards(committee, draft, publishing());
		expect(standardVersions(system.db).map(({ version }) => version)).toEqual(['2027-1', '2026-1']);
		expect([standardsOn(system.db, '2026-12-31').version, standardsOn(system.db, '2027-01-01').version]).toEqual(['2026-1', '2027-1']);
		expect(kinds()).toEqual(['accreditation.standards_drafted', 'accreditation.standards_changed', 'accreditation.standards_published']);
		expect(() => standardsDraft(committee, draft)).toThrow(NotFound);
	});

	test('asks anew that it is you, refuses an older sight and a day that another set begins on', () => {
		const stale = { ...publishing(), version: 0 };
		expect(() => publishStandards(committee, draft, stale)).toThrow(Conflict);
		const actor = { ...committee.actor, provedAt: 0 } as Ctx['actor'];
		expect(() => publishStandards({ ...committee, actor }, draft, publishing())).toThrow();
		publishStandards(committee, draft, publishing());
		const other = draftStandards(committee, '2027-2');
		expect(() => publishStandards(committee, other, { from: '2027-01-01', reason: 'Minute 8', version: 1 })).toThrow('begins on that day already');
	});

	test('waits until its parts agree', () => {
		removePart(committee, draft, { route: 'supervisor', section: null, version: 1 });
		expect(() => publishStandards(committee, draft, publishing())).toThrow('cannot be published yet');
		expect(standardVersions(system.db).length).toBe(1);
	});

	test('changes nothing for an application that has begun: it keeps its set, its sections and its time limits', () => {
		const application = begun(system, 'practitioner');
		const before = standingOf(system.db, application);
		moreCases();
		removePart(committee, draft, { route: 'practitioner', section: 'standing', version: 2 });
		publishStandards(committee, draft, publishing());
		const after = standingOf(asOn(system, '2027-02-01').db, application);
		expect(after).toEqual(before);
		expect([after.application.standardsVersion, cases(after.standards).rules[0]?.atLeast]).toEqual(['2026-1', 4]);
		const text = 'UPDATE accreditation_application SET standards_version = ? WHERE id = ?';
		expect(() => system.db.sql.prepare(text).run('2027-1', application)).toThrow('keeps the route and the standards');
	});
});
