import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { typedDay } from '#features/membership/index.ts';
import { type CaseAct, choice, oneOf, seen } from './case-act-parts.ts';
import { type ComposeInput, canCompose, composePanel, openKinds } from './panel-commands.ts';
import { panelRulesOn } from './panel-rules.ts';
import { PANEL_WORDS } from './panel-words.ts';
import { sightOf } from './sight.ts';

/** The form that composes a panel. @throws NotFound when none can be composed now */
export function composeAct(ctx: Ctx, reference: string): CaseAct {
	const sight = sightOf(ctx, reference);
	const kinds = canCompose(ctx, sight) ? openKinds(ctx, sight) : [];
	if (kinds.length === 0) throw new NotFound('There is no such case.');
	const { rules } = panelRulesOn(ctx.db, ctx.today);
	const notice = kinds.map((kind) => `${PANEL_WORDS[kind]}: ${rules.kinds[kind].noticeDays} days from today`).join('; ');
	return {
		key: 'new',
		title: 'Compose a panel',
		says: 'Its members are asked one by one afterwards. Nobody who had to do with an earlier stage of the case sits on it.',
		button: 'Compose it',
		isGrave: false,
		shows: [],
		seen: sight.seen,
		fields: [
			choice('kind', 'Which panel?', Object.fromEntries(kinds.map((kind) => [kind, PANEL_WORDS[kind]]))),
			{
				name: 'sitsOn',
				label: 'On which day does it sit?',
				kind: 'text',
				hint: `Such as 22/11/2027. At the earliest: ${notice}. A hearing is listed once its panel is complete.`,
			},
		],
		schema: z.object({ seen, kind: oneOf(PANEL_WORDS, 'Choose one.'), sitsOn: typedDay('Enter the day').pipe(z.string('Enter the day.')) }),
		run: (input: never) => composePanel(ctx, reference, input as ComposeInput),
	};
}
