import type { Role } from '#core/roles.ts';
import { inRegister } from '#tests/helpers/account-site.ts';
import { become, personWith, type Visitor } from '#tests/helpers/person.ts';
import type { Site } from '#tests/helpers/site.ts';
import { hiddenOf } from '../membership/acting.ts';

/** Somebody: whoever holds a role in the demonstration, or a maker that gives their key. */
export type Who = Role | Maker<string>;
/** Makes something on a running site, or finds it there. However often it is asked for, it runs once a site. */
export type Maker<T> = (scene: Scene) => T | Promise<T>;

/** A running site and what was put on it so far. */
export type Scene = {
	site: Site;
	made<T>(maker: Maker<T>): Promise<T>;
	personId(who: Who): Promise<string>;
	/** Signed in, second step given, once for each. */
	be(who: Who): Promise<Visitor>;
	/** One value of the register. A missing one is an error. */
	value(text: string, ...values: unknown[]): string;
	/** Sends the form of a page with its hidden fields. @returns where it leads; whatever does not lead on is an error. */
	send(who: Who, path: string, values: Record<string, string>): Promise<string>;
};

export function sceneOn(site: Site): Scene {
	const made = new Map<unknown, Promise<unknown>>();
	const once = <T>(key: unknown, make: () => T | Promise<T>): Promise<T> => {
		if (!made.has(key)) made.set(key, Promise.resolve().then(make));
		return made.get(key) as Promise<T>;
	};
	const scene: Scene = {
		site,
		made: (maker) => once(maker, () => maker(scene)),
		personId: async (who) => (typeof who === 'string' ? personWith(site, who) : scene.made(who)),
		be: async (who) => once(`as ${typeof who === 'string' ? who : await scene.made(who)}`, async () => become(site, await scene.personId(who))),
		value(text, ...values) {
			const found = inRegister(site, (sql) =>
				sql
					.prepare(text)
					.pluck()
					.get(...values),
			);
			if (found === undefined || found === null) throw new Error(`Nothing in the register: ${text} (${values.join(', ')})`);
			return String(found);
		},
		async send(who, path, values) {
			const someone = await scene.be(who);
			const page = await (await someone.get(path)).text();
			const answer = await someone.post(path, { ...hiddenOf(page), ...values });
			const location = answer.headers.get('location');
			if (answer.status !== 303 || !location) throw new Error(`${path} answered ${answer.status} to ${Object.keys(values).join(', ')}`);
			return location;
		},
	};
	return scene;
}
