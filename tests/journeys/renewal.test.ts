import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { ON_SETTLED, upkeep } from '#features/accreditation/index.ts';
import { typeLetter } from '#features/accreditation/renewal-request-office.ts';
import { refreshFinder } from '#features/directory/index.ts';
import { invoiceFor, recordOfflinePayment } from '#features/payments/index.ts';
import { inRegister } from '#tests/helpers/account-site.ts';
import { faultsOn } from '#tests/helpers/axe.ts';
import { heading, journeys, overflow, type Visiting } from '#tests/helpers/journey.ts';
import { become, personWith } from '#tests/helpers/person.ts';
import { type Site, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { accreditedMember, as, colleague, supervises } from '#tests/helpers/upkeep.ts';

const NEXT_END = '29 February 2032';
/** By the rules of October an award is told for 28 days after its last one. */
const OCTOBER_GRACE = 28;

journeys('re-accreditation', (visiting) => {
	test('is prefilled from the logs, sent with a word by a link, paid, and confirmed at one look', { timeout: 180_000 }, () => inTime(visiting));
	test('too late: off the finder the day it ends, and back by the short way, reinstated', { timeout: 180_000 }, () => tooLate(visiting));
});

async function inTime(visiting: Visiting): Promise<void> {
	const site = visiting.site();
	const mode = visiting.javaScript ? 'Scripted' : 'Plain';
	const [ann, bea] = await withRegister(site, async (ctx) => {
		const people = ['Ann', 'Bea'].map((name) => member(ctx, name + mode));
		await upkeep.tendRenewals(ctx);
		sentAndPaid(ctx, people[1] as string);
		return people as [string, string];
	});
	const page = await enterAs(visiting, ann, '/my/accreditation/renewal');
	await page.getByText('You can send it now.').waitFor();
	expect(await page.locator('main').innerText()).toContain('1 hours, 1 of them confirmed');
	await faultless(visiting, page);
	await page.getByRole('link', { name: 'Ask somebody for a word' }).click();
	await page.getByLabel('Somebody else who knows your work').check();
	await page.getByLabel('Their name').fill('Ursel Other');
	await page.getByLabel('Their email address').fill(`ursel.${mode.toLowerCase()}@outside.example`);
	await faultless(visiting, page);
	await page.getByRole('button', { name: 'Ask them' }).click();
	await answeredByLink(visiting, `ursel.${mode.toLowerCase()}@outside.example`);
	await page.goto('/my/accreditation/renewal/send');
	await sendIt(visiting, page);
	await pay(page);

	const officer = await enterAs(visiting, personWith(site, 'membership_officer'), '/office/renewals?list=draw');
	await officer.getByRole('link', { name: 'Draw the sample' }).click();
	await officer.getByRole('button', { name: 'Draw' }).click();
	await officer.getByText('Done.').waitFor();
	const green = inRegister(site, (sql) =>
		sql.prepare('SELECT person_id FROM renewal WHERE person_id IN (?, ?) AND is_sampled = 0').pluck().get(ann, bea),
	) as string;
	const entry = `/register/${numberOf(site, green)}`;
	expect(await publicly(visiting, entry)).toContain('28 February 2027');
	await officer.goto('/office/renewals?list=green');
	await officer.getByRole('link', { name: 'Look at them and confirm' }).click();
	await officer.getByText('Supervision confirmed: 1 hours').first().waitFor();
	await faultless(visiting, officer);
	await officer.getByRole('button', { name: 'Confirm those ticked' }).click();
	await officer.getByText('Done.').waitFor();
	const own = await enterAs(visiting, green, '/my/accreditation/renewal');
	expect(await own.locator('main').innerText()).toContain(`confirmed to ${NEXT_END}`);
	// The register tells of a period once it has begun.
	expect(await publicly(visiting, entry)).toContain('28 February 2027');
}

async function tooLate(visiting: Visiting): Promise<void> {
	const site = visiting.site();
	const { page: clock } = await visiting.enter('/demo');
	const today = await dayOf(clock);
	const [one, assessor] = await withRegister(site, async (ctx) => {
		const listed = letRunOut(ctx, addDays(today, -OCTOBER_GRACE));
		await upkeep.tendRenewals(ctx);
		return [listed, colleague(ctx.db, visiting.javaScript ? 'Inesscripted' : 'Inesplain', 'assessor')] as const;
	});
	expect(await seenBy(visiting, one)).toEqual({ page: 'shown', isFound: true, entry: 'on the register and is accredited' });
	const page = await enterAs(visiting, one.id, '/my/accreditation/renewal');
	await page.getByText('It is late. Nothing has changed on the register yet.').waitFor();

	await nextDay(clock);
	expect(await seenBy(visiting, one)).toEqual({ page: 'This page is no longer shown', isFound: false, entry: 'No longer on the register' });
	await page.goto('/my/accreditation/renewal');
	await page.getByText('Your accreditation has come to its end.').waitFor();
	await faultless(visiting, page);
	await nextDay(clock);
	await page.getByRole('link', { name: 'Ask to have it back' }).click();
	await sendIt(visiting, page);
	await pay(page);

	const reference = inRegister(site, (sql) => sql.prepare('SELECT reference FROM renewal WHERE person_id = ?').pluck().get(one.id)) as string;
	const officer = await enterAs(visiting, personWith(site, 'membership_officer'), '/office/renewals?list=assess');
	await officer.getByRole('link', { name: reference }).click();
	await faultless(visiting, officer);
	await officer.getByRole('link', { name: 'Give it to somebody' }).click();
	await officer.getByLabel('To whom?').selectOption(assessor);
	await officer.getByRole('button', { name: 'Give it to them' }).click();
	await officer.getByText('Done.').waitFor();
	const ines = await enterAs(visiting, assessor, '/office/renewals');
	await ines.getByRole('link', { name: reference }).click();
	await ines.getByRole('link', { name: 'Does anything tie you to this member?' }).click();
	await ines.getByLabel('Nothing ties me to this person').check();
	await ines.getByRole('button', { name: 'Declare' }).click();
	await ines.goto(`/office/renewals/${reference}/confirm`);
	await ines.getByRole('button', { name: 'Confirm' }).click();
	await ines.getByText('Done.').waitFor();

	expect(await seenBy(visiting, one)).toEqual({ page: 'shown', isFound: true, entry: 'on the register and is accredited' });
	const said = `${sayDay(one.sinceOn)}, reinstated ${sayDay(addDays(today, 2))}`;
	expect(await publicly(visiting, `/register/${one.number}`)).toContain(`Accredited since ${said}.`);
	expect(await publicly(visiting, `/therapists/${one.slug}`)).toContain(said);
}

/** Due in three months, supervised; the period began lately, so that no CPD year of it is over. */
function member({ db }: Ctx, name: string): string {
	const id = accreditedMember(db, name, [{ fromOn: '2026-03-01', toOn: '2027-02-28' }], TODAY);
	supervises(db, colleague(db, `Sup${name}`, 'auditor'), id, '2026-10-01');
	return id;
}

/** The same by the commands that the pages use. */
function sentAndPaid(ctx: Ctx, personId: string): void {
	const own = () => upkeep.ownRenewal(as(ctx, personId, ['member'], TODAY));
	const { renewal, seen } = own().standing ?? { renewal: { id: '', reference: '' }, seen: 0 };
	const officer = as(ctx, colleague(ctx.db, `Off${personId.slice(-4)}`, 'membership_officer'), ['membership_officer'], TODAY);
	typeLetter(officer, renewal.reference, { seen, name: 'Ann Letter', answer: 'supports', words: 'Sound.' });
	const input = { seen, practises: 'yes', practice: 'Two days.', declare: own().declaration } as const;
	upkeep.submitRenewal(as(ctx, personId, ['member'], TODAY), input);
	const invoice = invoiceFor(ctx, 'application', renewal.id);
	const payment = { invoiceId: invoice?.id ?? '', way: 'bank_transfer' as const, reference: 'B', pence: invoice?.totalPence ?? 0, receivedOn: TODAY };
	recordOfflinePayment(as(ctx, colleague(ctx.db, `Fin${personId.slice(-4)}`, 'finance'), ['finance'], TODAY), { ...payment, repeatKey: personId }, ON_SETTLED);
}

type Listed = { id: string; slug: string; family: string; number: string; sinceOn: string };

/** Somebody in the finder with one award, whose last period ends on a day: it is told for as long as the rules of that day say. */
function letRunOut(ctx: Ctx, toOn: string): Listed {
	const text = `SELECT p.id, f.slug, n.family_name AS family, r.number, a.awarded_on AS sinceOn, a.id AS awardId
		FROM finder f JOIN person p ON p.id = f.person_id JOIN registration r ON r.person_id = p.id JOIN person_name n ON n.person_id = p.id AND n.to_on IS NULL
		JOIN award a ON a.person_id = p.id JOIN membership_period m ON m.person_id = p.id AND m.ended_on IS NULL AND m.paid_to_on > '2027-03-01'
		WHERE p.id NOT IN (SELECT person_id FROM register_order UNION SELECT person_id FROM role_grant UNION SELECT person_id FROM renewal)
		GROUP BY p.id HAVING count(*) = 1 AND a.level = 'practitioner' AND a.awarded_on < '2024-01-01'
			AND (SELECT count(*) FROM award_term t WHERE t.award_id = a.id) = 1 ORDER BY p.import_key LIMIT 1`;
	const { awardId, ...one } = ctx.db.sql.prepare(text).get() as Listed & { awardId: string };
	ctx.db.sql.prepare('UPDATE award_term SET to_on = ? WHERE award_id = ?').run(toOn, awardId);
	commit(ctx, { name: 'test' }, (tx) => {
		tx.recorded += 1;
		refreshFinder(tx, one.id);
	});
	return one;
}

/** A public page as somebody reads it who has not been here before: browsers keep these pages for a minute. */
async function publicly(visiting: Visiting, path: string): Promise<string> {
	const { page } = await visiting.enter(path, { width: 360 });
	await faultless(visiting, page);
	return page.locator('main').innerText();
}

/** What the public is told of somebody now: on their page, in the search by name, in the register. */
async function seenBy(visiting: Visiting, { slug, family, number }: Listed): Promise<{ page: string; isFound: boolean; entry: string }> {
	const { page } = await visiting.enter('/');
	const answer = await page.goto(`/therapists/${slug}`);
	const own = answer?.status() === 200 ? 'shown' : await heading(page);
	await page.goto(`/find?name=${encodeURIComponent(family)}`);
	const isFound = (await page.locator(`a[href^="/therapists/${slug}"]`).count()) > 0;
	const text = await publicly(visiting, `/register/${number}`);
	return { page: own, isFound, entry: /No longer on the register|on the register and is accredited/.exec(text)?.[0] ?? text };
}

async function answeredByLink(visiting: Visiting, to: string): Promise<void> {
	const body = inRegister(visiting.site(), (sql) =>
		sql.prepare("SELECT body FROM outbox WHERE kind = 'renewal.request' AND to_address = ?").pluck().get(to),
	) as string;
	const { page } = await visiting.enter(/\/accreditation\/word\/[\w-]{43}/.exec(body)?.[0] ?? '', { width: 360 });
	await faultless(visiting, page);
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByLabel('Yes', { exact: true }).check();
	await faultless(visiting, page);
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByLabel('I support it').check();
	await page.getByLabel('In your words').fill('Careful work, and recordings every month.');
	await page.getByLabel('Your full name').fill('Ursel Other');
	await page.getByLabel('These words are mine').check();
	await faultless(visiting, page);
	await page.getByRole('button', { name: 'Send' }).click();
	await page.getByText('Thank you: we have your answer.').waitFor();
}

async function sendIt(visiting: Visiting, page: Page): Promise<void> {
	await page.getByLabel('Yes', { exact: true }).check();
	await page.getByLabel('Your practice in this time').fill('Two days a week in a clinic, supervised every month.');
	await page.getByLabel('I declare this').check();
	await faultless(visiting, page);
	await page.getByRole('button', { name: 'Send it' }).click();
	await page.getByText('We have your re-accreditation.').waitFor();
}

async function pay(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Pay the fee' }).click();
	await page
		.getByRole('button', { name: 'Pay by card' })
		.or(page.getByRole('link', { name: 'Go to the payment page' }))
		.click();
	await page.getByRole('button', { name: 'Pay', exact: true }).click();
	await page.getByRole('status').filter({ hasText: 'Your payment has arrived' }).waitFor();
}

async function enterAs(visiting: Visiting, personId: string, path: string): Promise<Page> {
	const someone = await become(visiting.site(), personId);
	const { page } = await visiting.enter('/', { width: 360 });
	await page.context().addCookies([...someone.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await page.goto(path);
	expect(await overflow(page)).toBeLessThanOrEqual(0);
	return page;
}

async function withRegister<T>(site: Site, act: (ctx: Ctx) => Promise<T>): Promise<T> {
	const ctx = siteCtx(site);
	try {
		return await act(ctx);
	} finally {
		ctx.db.sql.close();
	}
}

async function nextDay(clock: Page): Promise<void> {
	await clock.goto('/demo');
	const button = clock.getByRole('button', { name: 'a day', exact: true });
	await button.click();
	await button.waitFor({ timeout: 60_000 });
}

async function dayOf(page: Page): Promise<string> {
	const said = /It is ([^.]+)\. Put/.exec(await page.locator('main').innerText())?.[1] ?? '';
	return new Date(`${said} UTC`).toISOString().slice(0, 10);
}

function numberOf(site: Site, personId: string): string {
	return inRegister(site, (sql) => sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(personId)) as string;
}

/** Asks axe, which needs JavaScript. */
async function faultless(visiting: Visiting, page: Page): Promise<void> {
	if (visiting.javaScript) expect(await faultsOn(page)).toEqual([]);
}
