import { commit } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import { standingByReference, takeStep } from '#features/accreditation/index.ts';
import { inRegister } from '#tests/helpers/account-site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { begin, fillSections, nameEverybody, routeOn, send } from '../accreditation/applying-over-http.ts';
import { putMember } from '../membership/acting.ts';
import type { Maker } from './scene.ts';

/** Applications for accreditation: what a page under `/my/accreditation` or `/office/applications` names in its address. */

const newcomer: Maker<string> = ({ site }) => putMember(site, { paidToOn: '2027-10-31', name: 'Dora' });
const another: Maker<string> = ({ site }) => putMember(site, { paidToOn: '2027-10-31', name: 'Sena' });
const third: Maker<string> = ({ site }) => putMember(site, { paidToOn: '2027-10-31', name: 'Alma' });

/** A member who may apply. */
export const member: Maker<string> = ({ site }) => putMember(site, { paidToOn: '2027-10-31', name: 'Mara' });

/** Somebody with a draft that is filled in; its address is its route. */
export const drafter: Maker<string> = async (scene) => {
	const route = routeOn(scene.site, 'practitioner');
	const someone = await scene.be(newcomer);
	await begin(someone, route);
	await fillSections(someone, route);
	return scene.made(newcomer);
};

const sentBy =
	(who: Maker<string>, address: string): Maker<string> =>
	async (scene) => {
		const route = routeOn(scene.site, 'practitioner');
		const someone = await scene.be(who);
		await begin(someone, route);
		await fillSections(someone, route);
		await nameEverybody(someone, route, address);
		return send(someone, route);
	};

/** An application that was sent, by its reference, and who sent it. */
export const sent: Maker<string> = sentBy(another, 'sena@outside.example');
export const sender: Maker<string> = async (scene) => {
	await scene.made(sent);
	return scene.made(another);
};

/** One that waits for an answer to a question, and whose it is. */
export const waiting: Maker<string> = async (scene) => {
	const reference = await scene.made(sentBy(third, 'alma@outside.example'));
	inRegister(scene.site, (sql) => sql.prepare("UPDATE invoice SET settled_at = 1 WHERE purpose = 'application' AND settled_at IS NULL").run());
	const ctx = siteCtx(scene.site);
	commit(ctx, { name: 'test' }, (tx) => {
		const accepted = takeStep(tx, standingByReference(tx.db, reference), 'accepted');
		takeStep(tx, accepted, 'information_requested', { dueOn: '2027-01-04' });
		const text = `INSERT INTO accreditation_item (id, application_id, round, section, reason, question, asked_by, asked_at, due_on)
			VALUES (?, ?, 1, 'cases', 'evidence_missing', 'Which of them was the last?', ?, 0, '2027-01-04')`;
		tx.db.sql.prepare(text).run(newId(), accepted.application.id, accepted.application.personId);
	});
	ctx.db.sql.close();
	return reference;
};
export const asked: Maker<string> = async (scene) => {
	await scene.made(waiting);
	return scene.made(third);
};
