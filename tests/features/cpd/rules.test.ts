import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import {
	activityForm,
	changeRulesDraft,
	cpdRuleVersions,
	discardRulesDraft,
	draftRules,
	keepTrial,
	logActivity,
	namesTouched,
	publishRules,
	rulesAt,
	rulesDifferences,
	rulesDraft,
	rulesDrafts,
	rulesForm,
	rulesTyped,
	tryRules,
} from '#features/cpd/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { DEFAULT_RULES } from './default-rules.ts';
import { aMember, asOn, asPerson, TYPED } from './members.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let registrar: Ctx;
let committee: Ctx;
let ann: string;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	registrar = asPerson(system, aMember(system, 'Odile'), 'registrar');
	committee = asPerson(system, aMember(system, 'Marigold'), 'committee');
	ann = aMember(system, 'Ann');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const typedRules = (changes: Record<string, string> = {}) => ({ ...rulesTyped('2027-1', DEFAULT_RULES), ...changes });
const parsed = (changes: Record<string, string>, version: number) => rulesForm.parse({ ...typedRules(changes), version: String(version) });
const kinds = () => system.db.sql.prepare("SELECT kind FROM audit_event WHERE kind LIKE 'cpd.rules%' ORDER BY seq").pluck().all();

/** Everything of last year's that the default rules ask for but supervision, which the trial's rules then leave out. */
const NO_SUPERVISION = { 'practitioner-supervisionMinutes': '' };

describe('the form of the rules', () => {
	test('reads back every figure that it shows', () => expect(rulesForm.parse(typedRules()).rules).toEqual(DEFAULT_RULES));

	test('takes hours as people write them, and nothing for what is not asked', () => {
		const { rules } = rulesForm.parse(
			typedRules({ 'trainer-minutes': '35', 'trainer-iptMinutes': '90 min', 'trainer-activities': '', 'cap-edi': '2.5', 'cap-reading_research': '' }),
		);
		expect(rules.groups.trainer).toMatchObject({ minutes: 2100, iptMinutes: 90, activities: 0 });
		expect(rules.caps).toEqual({ edi: 150 });
	});

	test.each([
		['practitioner-minutes', 'thirty'],
		['practitioner-minutes', '2,5'],
		['practitioner-activities', '-1'],
		['practitioner-activities', '1e3'],
		['cap-edi', 'x'],
		['rounding', '0'],
		['months', '13'],
		['anchor-month', '13'],
		['name', 'a b'],
		['name', ''],
	])('names the field %s when it holds %s', (field, value) => {
		const told = rulesForm.safeParse(typedRules({ [field]: value }));
		expect(told.success ? [] : told.error.issues.map((i) => i.path[0])).toEqual([field.replace(/^anchor-.*/, 'anchor')]);
	});
});

describe('a draft of rules', () => {
	test('begins as a copy of the rules in force, is changed by version and shows what differs', () => {
		const id = draftRules(committee, '2027-1');
		expect(rulesDraft(committee, id)).toMatchObject({ basedOn: '2026-1', rules: DEFAULT_RULES, trial: null, version: 1 });
		changeRulesDraft(registrar, id, parsed({ 'practitioner-minutes': '35' }, 1));
		expect(() => changeRulesDraft(committee, id, parsed({}, 1))).toThrow('Somebody changed this draft');
		expect(rulesDifferences(DEFAULT_RULES, rulesDraft(committee, id).rules)).toEqual([
			{ label: 'Accredited practitioner: CPD in all', before: '30 hours', after: '35 hours' },
		]);
	});

	test('needs a name of its own', () => {
		expect(() => draftRules(committee, '2026-1')).toThrow('already');
		draftRules(committee, '2027-1');
		expect(() => draftRules(registrar, '2027-1')).toThrow('already');
	});

	test('is for the committee and the registrar', () => {
		const id = draftRules(committee, '2027-1');
		for (const who of [asPerson(system, ann), asPerson(system, ann, 'auditor'), asPerson(system, ann, 'administrator'), system]) {
			expect(() => draftRules(who, '2027-2')).toThrow('does not allow');
			expect(() => rulesDraft(who, id)).toThrow('does not allow');
			expect(() => rulesDrafts(who)).toThrow('does not allow');
			expect(() => publishRules(who, id, { fromOn: '2027-04-01', reason: 'x', version: 1 })).toThrow('does not allow');
			expect(() => discardRulesDraft(who, id)).toThrow('does not allow');
		}
	});

	test('that was thrown away is gone, and its name free', () => {
		const id = draftRules(committee, '2027-1');
		discardRulesDraft(committee, id);
		expect(() => rulesDraft(committee, id)).toThrow('no such draft');
		expect(draftRules(committee, '2027-1')).toBeTruthy();
	});
});

describe('a trial', () => {
	beforeEach(() => {
		const then = asPerson(asOn(system, '2026-03-01'), ann);
		const form = activityForm(then.today, true);
		for (let i = 0; i < 5; i += 1) {
			const texts = { learned: 'a', changed: 'b', effect: 'c', isIpt: 'yes', isSkills: 'yes', 'other-day': '1', 'other-month': '2', 'other-year': '2026' };
			logActivity(
				then,
				form.parse({ ...TYPED, ...texts, title: `Day ${i}`, long: '6h 30m', category: 'other_professional_training', repeatKey: `trial-key-${i}` }),
			);
		}
	});

	const tried = async (changes: Record<string, string>) => {
		const id = draftRules(committee, `t-${Object.keys(changes).length}-${Object.values(changes).join('')}`.replace(/[^\w.-]/g, ''));
		const { name, version } = rulesDraft(committee, id);
		changeRulesDraft(committee, id, rulesForm.parse({ ...typedRules(changes), name, version: String(version) }));
		return tryRules(committee, rulesDraft(committee, id).rules);
	};

	test('says for how many of last year’s the answer would be another, and changes nothing', async () => {
		const before = kinds().length;
		const trial = await tried(NO_SUPERVISION);
		expect(trial).toMatchObject({ year: { fromOn: '2025-04-01', toOn: '2026-03-31' }, checked: 3, metBefore: 0, metAfter: 1, touched: 1 });
		expect(trial.who).toEqual([{ personId: ann, isMetAfter: true }]);
		expect(kinds().length).toBe(before + 2);
	});

	test('of stricter figures that nobody met before touches nobody', async () => {
		expect(await tried({ 'practitioner-minutes': '60' })).toMatchObject({ checked: 3, metAfter: 0, touched: 0 });
	});

	test('names people to the registrar and to nobody else', async () => {
		const trial = await tried(NO_SUPERVISION);
		expect(namesTouched(registrar, trial)).toEqual([{ name: 'Ann Example', isMetAfter: true }]);
		expect(namesTouched(committee, trial)).toEqual([]);
	});

	test('counts only for the figures it was made with', async () => {
		const id = draftRules(committee, '2027-1');
		const trial = await tryRules(committee, rulesDraft(committee, id).rules);
		keepTrial(committee, id, trial, 1);
		expect(rulesDraft(committee, id).trial).toMatchObject({ checked: 3 });
		changeRulesDraft(committee, id, parsed({ 'practitioner-minutes': '31' }, 1));
		expect(rulesDraft(committee, id).trial).toBeNull();
		expect(() => keepTrial(committee, id, trial, 1)).toThrow('Somebody changed');
	});
});

describe('publishing', () => {
	const ready = async () => {
		const id = draftRules(committee, '2027-1');
		changeRulesDraft(committee, id, parsed({ 'practitioner-minutes': '35' }, 1));
		keepTrial(committee, id, await tryRules(committee, rulesDraft(committee, id).rules), 2);
		return id;
	};

	test('sets rules for a day to come; the year that is running keeps its own', async () => {
		const id = await ready();
		publishRules(committee, id, { fromOn: '2027-04-01', reason: 'Minute 7', version: 2 });
		expect(cpdRuleVersions(system.db).map((v) => [v.version, v.fromOn, v.rules.groups.practitioner.minutes])).toEqual([
			['2026-1', '2000-01-01', 1800],
			['2027-1', '2027-04-01', 2100],
		]);
		expect([rulesAt(system.db, [], '2027-03-31').version.version, rulesAt(system.db, [], '2027-04-01').version.version]).toEqual(['2026-1', '2027-1']);
		expect(kinds()).toEqual(['cpd.rules_drafted', 'cpd.rules_changed', 'cpd.rules_tried', 'cpd.rules_published']);
		expect(() => publishRules(committee, id, { fromOn: '2027-05-01', reason: 'Again', version: 2 })).toThrow('no such draft');
	});

	test('is refused without a trial, for a day that is not to come, for another version, and without a recent proof', async () => {
		const untried = draftRules(committee, '2027-2');
		expect(() => publishRules(committee, untried, { fromOn: '2027-04-01', reason: 'x', version: 1 })).toThrow('Try these figures');
		const id = await ready();
		const publish = (ctx: Ctx, fromOn: string, version = 2) => publishRules(ctx, id, { fromOn, reason: 'x', version });
		expect(() => publish(committee, '2026-11-22')).toThrow('day to come');
		expect(() => publish(committee, '2027-04-01', 1)).toThrow('Somebody changed');
		const stale = { ...committee, actor: { ...committee.actor, provedAt: committee.now - 3_600_000 } } as Ctx;
		expect(() => publish(stale, '2027-04-01')).toThrow('Confirm that it is you');
		expect(cpdRuleVersions(system.db)).toHaveLength(1);
	});
});
