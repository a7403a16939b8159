import { type Route, standardsOn } from '#features/accreditation/index.ts';
import { pdf } from '#tests/core/files/corpus.ts';
import type { Visitor } from '#tests/helpers/person.ts';
import type { Site } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

/** A route as the site has it. */
export function routeOn(site: Site, key: string): Route {
	const ctx = siteCtx(site);
	const route = standardsOn(ctx.db, ctx.today).standards.routes.find((one) => one.key === key);
	ctx.db.sql.close();
	if (!route) throw new Error(`There is no route ${key}.`);
	return route;
}

/** Answers the questions as the route needs, and begins. */
export async function begin(someone: Visitor, route: Route): Promise<void> {
	const answers = Object.fromEntries(route.eligibility.map(({ key, wanted }) => [`q-${key}`, wanted]));
	const reply = await someone.post(`/my/accreditation/begin/${route.key}`, { ...answers, go: 'begin' });
	if (reply.status !== 303) throw new Error(`It could not be begun: ${reply.status}`);
}

/** Fills in every section: words where there is a question, a file where there is none. */
export async function fillSections(someone: Visitor, route: Route): Promise<void> {
	for (const section of route.sections) {
		const form = new FormData();
		form.append('text', section.question === null ? '' : `What I have to say about ${section.title.toLowerCase()}.`);
		form.append('version', '0');
		form.append('goes', 'next');
		if (section.question === null)
			form.append('files', new File([new Uint8Array(pdf({ text: 'A certificate' }))], 'certificate.pdf', { type: 'application/pdf' }));
		const reply = await someone.post(`/my/accreditation/${route.key}/section/${section.key}`, form);
		if (reply.status !== 303) throw new Error(`${section.key} was not kept: ${reply.status} ${(await reply.text()).slice(0, 400)}`);
	}
}

/** Names somebody outside for every place. */
export async function nameEverybody(someone: Visitor, route: Route, address = 'rob@outside.example'): Promise<void> {
	let count = 0;
	for (const { kind, count: places } of route.requests)
		for (let place = 1; place <= places; place += 1) {
			count += 1;
			const values = { kind, place: String(place), who: 'other', name: 'Rob Referee', email: `${count}${address}`, about: 'They know my work.', when: 'later' };
			const reply = await someone.post(`/my/accreditation/${route.key}/requests`, values);
			if (reply.status !== 303) throw new Error(`${kind} was not kept: ${reply.status}`);
		}
}

/** Sends it. @returns the reference */
export async function send(someone: Visitor, route: Route): Promise<string> {
	const page = await (await someone.get(`/my/accreditation/${route.key}/check`)).text();
	const seen = /name="seen" value="(\d+)"/.exec(page)?.[1] ?? '';
	const reply = await someone.post(`/my/accreditation/${route.key}/check`, { agree: 'yes', seen });
	const reference = /ACC-\d{4}-\d{4}/.exec(reply.headers.get('location') ?? '')?.[0];
	if (!reference) throw new Error(`It was not sent: ${reply.status}`);
	return reference;
}
