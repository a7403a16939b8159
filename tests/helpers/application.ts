import { commit } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import {
	askNamed,
	beginApplication,
	nameForRequest,
	ownStanding,
	type Route,
	type Standards,
	saveSection,
	standardsOn,
	standardsSchema,
	submitApplication,
} from '#features/accreditation/index.ts';
import { putPersonOnFile, startMembership } from '#features/membership/index.ts';
import { giveAward } from '#features/register/index.ts';
import { noonOn } from './ctx.ts';

export type Someone = { id: string; ctx: Ctx };

/** The version of the standards that `putStandards` puts in force. */
export const TEST_STANDARDS = 'test-1';

/**
 * Standards of few words, in force from 2000-01-02: one route `practitioner` with two sections (`course`, `cases`), a supervisor's report and a
 * reference, a fee of £120, two assessors. @param change makes another route of it
 */
export function putStandards(ctx: Ctx, change: (route: Route) => Partial<Route> = () => ({})): Standards {
	const { standards } = standardsOn(ctx.db, ctx.today);
	const seeded = standards.routes.find(({ key }) => key === 'practitioner') as Route;
	const [first] = seeded.sections as [Route['sections'][number]];
	const plain = { hint: '', isRequired: true, criteria: [{ key: 'enough', text: 'It is enough.' }] };
	const route: Route = {
		...seeded,
		eligibility: [{ key: 'core', question: 'Have you a core profession?', wanted: 'yes', otherwise: 'It needs one.' }],
		sections: [
			{ ...first, ...plain, key: 'course', title: 'Your course', question: 'Which course?', evidence: ['course', 'file'], rules: [] },
			{
				...first,
				...plain,
				key: 'cases',
				title: 'Your cases',
				question: 'What did you learn?',
				evidence: ['case', 'supervision', 'file'],
				rules: [{ counts: 'cases_passed', of: null, atLeast: 4, source: '', isConfirmed: false }],
				criteria: [
					{ key: 'complete', text: 'Four cases.' },
					{ key: 'competent', text: 'Competent IPT.' },
				],
			},
		],
		requests: [
			{ kind: 'supervisor_report', count: 1, hint: 'From the supervisor of your cases.' },
			{ kind: 'reference', count: 1, hint: 'From somebody who knows your work.' },
		],
		assessors: 2,
		feePence: 12_000,
	};
	const set = standardsSchema.parse({ ...standards, routes: [{ ...route, ...change(route) }] });
	const text = "INSERT INTO rule_set (kind, version, from_on, data) VALUES ('standards', ?, '2000-01-02', ?)";
	ctx.db.sql.prepare(text).run(TEST_STANDARDS, JSON.stringify(set));
	return set;
}

let count = 0;

/** A member on file with an address, signed in with a second step. `award`: what they are accredited as. */
export function aPerson(ctx: Ctx, name: string, { roles = ['member'] as Role[], award = null as 'practitioner' | 'supervisor' | null } = {}): Someone {
	count += 1;
	const email = `${name.toLowerCase()}.${count}@member.example`;
	const id = commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => {
		const personId = putPersonOnFile(
			tx,
			{ givenNames: name, familyName: 'Example' },
			{ title: null, gender: null, email, phone: null, diedOn: null, importKey: null },
		);
		startMembership(tx, personId, { category: 'plus', fromOn: '2020-01-01', paidToOn: '2028-12-31', endedOn: null, endReason: null, employer: null });
		const terms = [{ fromOn: '2020-02-01', toOn: '2030-01-31' }];
		if (award !== null) giveAward(tx, personId, { level: award, kind: 'adult', standardsVersion: '2020-1', awardedOn: '2020-02-01', terms });
		return personId;
	});
	return { id, ctx: { ...ctx, actor: { kind: 'person', personId: id, accountId: id, roles, level: 2, provedAt: ctx.now } } };
}

/** The same actor on another day. */
export function onDay<T extends Ctx>(ctx: T, day: string): Ctx {
	const actor = ctx.actor.kind === 'person' ? { ...ctx.actor, provedAt: noonOn(day) } : ctx.actor;
	return ctxFor(ctx, actor, noonOn(day), { id: newId(), clientKey: ctx.clientKey });
}

/** Begins an application for `practitioner` and fills in its two sections. @returns its key */
export function filledDraft({ ctx }: Someone): string {
	beginApplication(ctx, { route: 'practitioner', answers: { core: 'yes' }, awardId: null });
	for (const section of ['course', 'cases'] as const)
		saveSection(ctx, 'practitioner', section, { text: `Words on my ${section}.`, chosen: [], files: [], version: 0 });
	return 'practitioner';
}

/** Names a supervisor and a referee outside the register. `isNow`: they are asked at once. */
export function nameBoth({ ctx }: Someone, key: string, isNow = false): void {
	const about = 'They know my work.';
	nameForRequest(ctx, key, { kind: 'supervisor_report', place: 1, relationId: '', name: 'Sue Pervisor', email: 'sue@outside.example', about, isNow });
	nameForRequest(ctx, key, { kind: 'reference', place: 1, relationId: '', name: 'Rob Referee', email: 'rob@outside.example', about, isNow });
}

/** An application that was sent: its reference. The fee is owed, two people have been asked. */
export function sentApplication(someone: Someone): string {
	const key = filledDraft(someone);
	nameBoth(someone, key);
	return submitApplication(someone.ctx, key, { seen: ownStanding(someone.ctx, key).seen });
}

export { askNamed };
