import { typedConcerns } from '#features/complaints/index.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { as, colleague } from '#tests/helpers/upkeep.ts';
import type { Maker } from './scene.ts';

/** Concerns that an officer typed: one that waits for the person, one that waits for a second officer. */
const everything: Maker<{ officer: string; second: string; typed: string; confirmed: string }> = ({ site }) => {
	const ctx = siteCtx(site);
	const [officer, second] = [colleague(ctx.db, 'Typola', 'complaints_officer'), colleague(ctx.db, 'Checkola', 'complaints_officer')];
	const mine = as(ctx, officer, ['complaints_officer'], TODAY);
	const [typed = '', confirmed = ''] = ['one', 'other'].map((repeat) => {
		const id = typedConcerns.beginTyped(mine, { way: 'telephone', about: 'therapist', cameOn: TODAY, repeat });
		typedConcerns.saveTypedAbout(mine, id, { number: '', called: 'Dana Quirk', described: '' });
		typedConcerns.saveTyped(mine, id, 'you', { source: 'client', name: 'Ann' });
		typedConcerns.saveTyped(mine, id, 'what', { happened: 'Said on the telephone.' });
		return id;
	});
	typedConcerns.recordConfirmation(mine, confirmed, { how: 'telephone', on: TODAY });
	ctx.db.sql.close();
	return { officer, second, typed, confirmed };
};

export const officer: Maker<string> = async (scene) => (await scene.made(everything)).officer;
export const second: Maker<string> = async (scene) => (await scene.made(everything)).second;
export const typed: Maker<string> = async (scene) => (await scene.made(everything)).typed;
export const confirmed: Maker<string> = async (scene) => (await scene.made(everything)).confirmed;
