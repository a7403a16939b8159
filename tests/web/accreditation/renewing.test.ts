import { afterAll, beforeAll, expect, test } from 'vitest';
import { tendRenewals } from '#features/accreditation/renewal-tend-commands.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, becomeA, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { accreditedMember, colleague } from '#tests/helpers/upkeep.ts';
import { hiddenOf, inRegister } from '../membership/acting.ts';

let site: Site;
let mary: string;
let assessor: string;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	const ctx = siteCtx(site);
	mary = accreditedMember(ctx.db, 'Mary', [{ fromOn: '2026-03-01', toOn: '2027-02-28' }], TODAY);
	assessor = colleague(ctx.db, 'Ines', 'assessor');
	await tendRenewals(ctx);
	ctx.db.sql.close();
});
afterAll(() => site.stop());

const read = async (who: Visitor, path: string) => textOf(await (await who.get(path)).text());
const numberOf = (person: string) => String(inRegister(site, 'SELECT number FROM registration WHERE person_id = ?', person));

test('more time for everyone: the note stands for all to read, and the entry and the member’s page say the new day', async () => {
	const officer = await becomeA(site, 'membership_officer');
	const note = 'The post was on strike: everyone due in the last week of February 2027 has three months more.';
	const values = { dueFromOn: '22/02/2027', dueToOn: '28/02/2027', months: '3', reason: 'Strike of the post', publicNote: note };
	const passerBy = visitor(site);
	const entry = `/register/${numberOf(mary)}`;
	expect(await read(passerBy, entry)).toContain('28 February 2027');
	expect(await read(passerBy, '/accreditation/keeping')).not.toContain(note);
	expect((await officer.post('/office/renewals/extend', values)).status).toBe(303);
	const told = await read(passerBy, '/accreditation/keeping');
	for (const words of [note, 'Due 22 February 2027 to 28 February 2027: 3 months more.']) expect(told).toContain(words);
	expect(await read(passerBy, entry)).toContain('28 May 2027');
	expect(await read(await become(site, mary), '/my/accreditation/renewal')).toContain('due on 28 May 2027');
	expect((await officer.post('/office/renewals/extend', values)).status).toBe(409);
});

test('an assessor is shown the list that is theirs, and no count of anything else', async () => {
	const text = await read(await become(site, assessor), '/office/renewals');
	expect(text).toContain('Given to me');
	for (const words of ['Waiting for the draw', 'Late and not sent', 'more time']) expect(text).not.toContain(words);
	expect(await read(await becomeA(site, 'membership_officer'), '/office/renewals')).toContain('Waiting for the draw');
});

test('somebody without an account is asked by a link that does nothing by itself, asks for more time, and answers', async () => {
	const member = await become(site, mary);
	const asked = await member.post('/my/accreditation/renewal/support', { person: 'other', name: 'Ursel Other', email: 'ursel@outside.example' });
	expect(asked.status).toBe(303);
	const mail = String(inRegister(site, "SELECT body FROM outbox WHERE kind = 'renewal.request' AND to_address = 'ursel@outside.example'"));
	const link = /\/accreditation\/word\/[\w-]{43}/.exec(mail)?.[0] ?? '';
	const openedAt = () => inRegister(site, "SELECT opened_at FROM renewal_request WHERE to_email = 'ursel@outside.example'");
	for (let i = 0; i < 3; i += 1) expect(await read(visitor(site), link)).not.toContain('Mary');
	expect(openedAt()).toBeNull();
	const ursel = visitor(site);
	expect((await ursel.get('/accreditation/word')).status).toBe(404);
	expect((await ursel.post(link, { go: 'on' })).headers.get('location')).toBe('/accreditation/word');
	expect(await read(ursel, '/accreditation/word')).toContain('Mary Member');
	expect((await ursel.post('/accreditation/word', { can: 'time' })).headers.get('location')).toBe('/accreditation/word?done=time');
	const write = '/accreditation/word?step=write';
	const invalid = await ursel.post(write, { answer: 'has_concerns', words: 'Kept words.' });
	expect([invalid.status, textOf(await invalid.text())]).toEqual([422, expect.stringContaining('Kept words.')]);
	const whole = { answer: 'supports', words: 'Sound work.', signedName: 'Ursel Other', agree: 'yes' };
	expect((await ursel.post(write, whole)).headers.get('location')).toBe('/accreditation/word?done=sent');
	expect(await read(ursel, '/accreditation/word')).toContain('Thank you: we have your answer');
	expect(await read(member, '/my/accreditation/renewal')).toContain('Ursel Other: Answered');
	expect(await read(member, '/my/accreditation/renewal')).not.toContain('Sound work.');
	const officer = await becomeA(site, 'membership_officer');
	const reference = String(inRegister(site, 'SELECT reference FROM renewal WHERE person_id = ?', mary));
	expect(await read(officer, `/office/renewals/${reference}`)).toContain('Sound work.');
	const letter = await (await officer.get(`/office/renewals/${reference}/letter`)).text();
	const typed = { ...hiddenOf(letter), name: 'Ann Letter', answer: 'cannot_say', words: 'I hardly know them.' };
	expect((await officer.post(`/office/renewals/${reference}/letter`, typed)).status).toBe(303);
	expect(await read(officer, `/office/renewals/${reference}`)).toContain('I hardly know them.');
});
