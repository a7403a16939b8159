import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { type Role, STAFF_ROLES } from '#core/roles.ts';
import { CONCERNS_TO_TRY, PASSPHRASE_TO_TRY } from '#db/seed/concerns.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { accreditedMember, as, colleague, supervises } from '#tests/helpers/upkeep.ts';
import { CONCERN_ROWS } from '../role-rows-concerns.ts';
import { addressesOf, type Hung, hang, KINDS_HUNG, routesUnder } from './concern-places.ts';

let site: Site;
let ctx: Ctx;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	ctx = siteCtx(site);
});
afterAll(async () => {
	ctx.db.sql.close();
	await site.stop();
});

const ROUTES = routesUnder(
	'office/concerns/**/[[]reference[]]/**',
	'office/concerns/**/[[]reference[]].*',
	'my/concerns/[[]reference[]]/**',
	'office/concerns/typed/[[]id[]]/**',
);
const ROLES: readonly Role[] = ['member', ...STAFF_ROLES];
const NOBODYS = 'CON-2020-9999';

type Made = { concern: Hung; owner: string };
/** What somebody is to a case, none of which lets them know that there is one. */
const RELATIONS: Record<string, (who: Someone) => Made> = {
	'the therapist, before they are told': (who) => aCase(who, { about: who }),
	'who raised it, with an account': (who) => aCase(who, { by: who }),
	'a witness': (who) => named(who, 'witness', null),
	'a supporter': (who) => named(who, 'supporter', null),
	'once named, and no more': (who) => named(who, 'witness', 1),
	'the supervisor of the therapist': (who) => {
		const therapist = aMember();
		supervises(ctx.db, who.id, therapist.id);
		return aCase(who, { about: therapist });
	},
	'the supervisee of the therapist': (who) => {
		const therapist = aMember();
		supervises(ctx.db, therapist.id, who.id);
		return aCase(who, { about: therapist });
	},
	'somebody who stepped back': (who) => wasIn(who, "ended_at = 1, end_reason = 'recused'"),
	'somebody whose time is over': (who) => wasIn(who, 'until_at = from_at + 1'),
	'somebody whose access was ended': (who) => wasIn(who, "ended_at = 1, end_reason = 'released'"),
	'somebody who is let in from tomorrow': (who) => {
		const made = aCase(who);
		letIn({ ...who.ctx, now: who.ctx.now + 86_400_000 }, made.concern.id, who, 'adviser');
		return made;
	},
	'a stranger': (who) => aCase(who),
};

test('the addresses of a case are those of the site’s files, and each has its row', () => {
	expect(ROUTES.length).toBeGreaterThan(5);
	const rows = CONCERN_ROWS.map(({ route }) => route);
	expect(ROUTES.filter((route) => route.startsWith('/office') && !rows.includes(route))).toEqual([]);
});

test.each(ROLES)('for a %s a case is as one that never was, at every address, whatever they are to it', { timeout: 400_000 }, async (role) => {
	const wrong: string[] = [];
	const stranger = await become(site, somebody(role).id);
	const nowhere = await toldAll(stranger, { id: newId(), reference: NOBODYS, keys: KEYS_OF_NOTHING });
	for (const [relation, make] of Object.entries(RELATIONS)) {
		const who = somebody(role);
		const { concern } = make(who);
		const someone = await become(site, who.id);
		const answers = await toldAll(someone, concern);
		for (const [n, is] of answers.entries()) {
			const none = nowhere[n] as Told;
			if ([403, 404, 405].includes(is.status) && is.status === none.status && is.text === none.text) continue;
			wrong.push(`${relation}: ${JSON.stringify(TRIED[n])}: ${is.status}, of none ${none.status}${is.status === none.status ? ', in other words' : ''}`);
		}
		for (const list of ['/office', '/office/concerns', '/my', '/my/concerns'])
			if ((await (await someone.get(list)).text()).includes(concern.reference)) wrong.push(`${relation}: ${list} names it`);
	}
	expect(wrong.slice(0, 20)).toEqual([]);
});

type Told = { status: number; text: string };
/** What is asked for: each way, each address of each route. */
const KEYS_OF_NOTHING = Object.fromEntries(KINDS_HUNG.map((kind) => [kind, newId()]));
const TRIED = ROUTES.flatMap((route) =>
	addressesOf(route, { id: newId(), reference: NOBODYS, keys: KEYS_OF_NOTHING }).flatMap((_, at) =>
		(['get', 'post'] as const).map((way) => ({ way, route, at })),
	),
);

/** Everything that is tried, a few at once: a crowd would rightly be turned away. */
async function toldAll(who: Visitor, of: Hung): Promise<Told[]> {
	const answers: Told[] = [];
	const next = TRIED.entries();
	const work = async () => {
		for (const [n, { way, route, at }] of next) answers[n] = await told(who, way, addressesOf(route, of)[at] ?? '');
	};
	await Promise.all([work(), work(), work()]);
	return answers;
}

/** An answer without the reference asked for, keys, or who asks. */
async function told(visitor: Visitor, way: 'get' | 'post', address: string): Promise<Told> {
	const answer = way === 'get' ? await visitor.get(address) : await visitor.post(address, { seen: '2', words: 'x' });
	return { status: answer.status, text: textOf(await answer.text()).replaceAll(/CON-\d{4}-\d+|[0-9a-f-]{8,}|(?:Denied|Therapist)\d+/g, '') };
}

let count = 0;
function somebody(role: Role): Someone {
	count += 1;
	// A reviewer from outside always has a last day: theirs stands beside another role.
	const isReviewer = role === 'external_reviewer';
	const id = role === 'member' ? aMember().id : colleague(ctx.db, `Denied${count}`, isReviewer ? 'auditor' : role);
	const text = `INSERT INTO role_grant (id, person_id, role, from_on, to_on, granted_by, reason) VALUES (?, ?, 'external_reviewer', '2000-01-01', '2099-12-31', 'test', 'test')`;
	if (isReviewer) ctx.db.sql.prepare(text).run(newId(), id);
	return { id, ctx: as(ctx, id, [role], TODAY) };
}

function aMember(): Someone {
	count += 1;
	const id = accreditedMember(ctx.db, `Therapist${count}`, [{ fromOn: '2024-01-01', toOn: '2029-01-01' }], TODAY);
	return { id, ctx: as(ctx, id, ['member'], TODAY) };
}

/** A case that an owner has, so that it waits for nobody. */
function aCase(who: Someone, sides: { about?: Someone; by?: Someone } = {}): Made {
	count += 1;
	const owner = colleague(ctx.db, `Owner${count}`, 'complaints_officer');
	const { id, reference } = aConcern(who.ctx, { ...sides, words: 'a-canary-narrative' });
	letIn(who.ctx, id, { id: owner, ctx }, 'owner');
	ctx.db.sql.prepare("UPDATE concern SET phase = 'triage' WHERE id = ?").run(id);
	return { concern: { id, reference, keys: hang(ctx.db, id, { by: owner, isTold: sides.about !== who }) }, owner };
}

function named(who: Someone, kind: string, leftAt: number | null): Made {
	const made = aCase(who);
	const text = 'INSERT INTO concern_party (id, concern_id, kind, side, person_id, added_at, left_at) VALUES (?, ?, ?, ?, ?, 0, ?)';
	ctx.db.sql.prepare(text).run(newId(), made.concern.id, kind, kind === 'supporter' ? 'complainant' : null, who.id, leftAt);
	return made;
}

function wasIn(who: Someone, change: string): Made {
	const made = aCase(who);
	letIn(who.ctx, made.concern.id, who, 'adviser');
	ctx.db.sql.prepare(`UPDATE concern_access SET ${change} WHERE person_id = ? AND concern_id = ?`).run(who.id, made.concern.id);
	return made;
}

test('whoever opened one concern by its key finds nothing of another at any address of their own area', async () => {
	const theirs = aCase(somebody('assessor')).concern;
	const none: Hung = { ...theirs, keys: Object.fromEntries(Object.keys(theirs.keys).map((kind) => [kind, newId()])) };
	const holder = visitor(site);
	const [, { caseKey }] = CONCERNS_TO_TRY;
	expect((await holder.post('/concerns/open', { caseKey, passphrase: PASSPHRASE_TO_TRY })).status).toBe(303);
	const routes = routesUnder('concerns/mine/**').filter((route) => route.includes('[') && !/\[(?:act|part)\]$/.test(route));
	expect(routes.length).toBeGreaterThan(0);
	for (const route of routes)
		for (const [i, address] of addressesOf(route, theirs).entries())
			for (const way of ['get', 'post'] as const) {
				const [is, not] = [await told(holder, way, address), await told(holder, way, addressesOf(route, none)[i] ?? '')];
				expect([way, route, is.status, is.text]).toEqual([way, route, not.status, not.text]);
				expect([way, route, [404, 405].includes(is.status)]).toEqual([way, route, true]);
			}
});
