import { casework } from '#features/complaints/index.ts';
import { aConcern } from '#tests/helpers/concerns.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { as, colleague } from '#tests/helpers/upkeep.ts';
import type { Maker } from './scene.ts';

/** Concerns: what a page under `/office/concerns` names in its address. */

/** `taken`: a case that its owner has; `waiting`: one that nobody has taken on yet. */
const everything: Maker<{ officer: string; taken: string; waiting: string }> = ({ site }) => {
	const ctx = siteCtx(site);
	const officer = colleague(ctx.db, 'Concola', 'complaints_officer');
	const mine = as(ctx, officer, ['complaints_officer'], TODAY);
	const [taken, waiting] = [aConcern(mine, { words: 'What happened to me.' }).reference, aConcern(mine).reference];
	casework.declareAtGate(mine, taken, { declared: 'none', words: '' });
	casework.takeOnCase(mine, taken, { seen: 2 });
	ctx.db.sql.close();
	return { officer, taken, waiting };
};

export const officer: Maker<string> = async (scene) => (await scene.made(everything)).officer;
export const taken: Maker<string> = async (scene) => (await scene.made(everything)).taken;
export const waiting: Maker<string> = async (scene) => (await scene.made(everything)).waiting;
