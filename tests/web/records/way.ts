import { casework, typedConcerns, wayIn } from '#features/complaints/index.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { type Site, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { as, colleague } from '#tests/helpers/upkeep.ts';

/** The newest concern about the organisation is taken on, accepted by two and answered. */
export function answeredConcern(site: Site): void {
	const ctx = siteCtx(site);
	const [officer, screener] = [colleague(ctx.db, 'Answera', 'complaints_officer'), colleague(ctx.db, 'Layla', 'lay_panel_member')];
	const [mine, lay] = [as(ctx, officer, ['complaints_officer'], TODAY), as(ctx, screener, ['lay_panel_member'], TODAY)];
	const text = "SELECT id, reference FROM concern WHERE about = 'organisation' AND reference IS NOT NULL ORDER BY begun_at DESC LIMIT 1";
	const { id, reference } = ctx.db.sql.prepare(text).get() as { id: string; reference: string };
	const act = (who: typeof mine, name: string, input: object = {}) => {
		const found = casework.caseAct(who, reference, name);
		found.run(found.schema.parse({ seen: found.seen, repeat: `${name}-${reference}`, ...input }) as never);
	};
	act(mine, 'declare', { declared: 'none', words: '' });
	act(mine, 'take-on');
	letIn(ctx, id, { id: screener, ctx: lay }, 'lay_screener');
	act(mine, 'propose-accept', { told: 'We answer it.', words: 'It is for us.' });
	act(lay, 'agree', { proposal: casework.caseAct(lay, reference, 'agree').fields[0]?.options?.[0]?.value, result: 'agreed', words: '' });
	act(mine, 'answer-us', { told: 'You were right.\n\nWe answer sooner from now on.', words: '' });
	ctx.db.sql.close();
}

/** A concern that an officer typed. @returns the key that the person was given */
export function typedWithKey(site: Site): string {
	const ctx = siteCtx(site);
	const mine = as(ctx, colleague(ctx.db, 'Typista', 'complaints_officer'), ['complaints_officer'], TODAY);
	const id = typedConcerns.beginTyped(mine, { way: 'letter', about: 'therapist', cameOn: TODAY, repeat: 'a letter' });
	typedConcerns.saveTypedAbout(mine, id, { number: '', called: 'Dana Quirk', described: '' });
	typedConcerns.saveTyped(mine, id, 'you', { source: 'client', name: 'Ann' });
	typedConcerns.saveTyped(mine, id, 'what', { happened: 'Said in a letter.' });
	const caseKey = wayIn.newCaseKey();
	typedConcerns.giveKey(mine, id, { caseKey, seal: wayIn.sealOfKey(ctx, caseKey), given: true });
	ctx.db.sql.close();
	return caseKey;
}
