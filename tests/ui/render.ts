import { experimental_AstroContainer as AstroContainer } from 'astro/container';

type Component = Parameters<AstroContainer['renderToString']>[0];
type Options = NonNullable<Parameters<AstroContainer['renderToString']>[1]>;

/** One component as HTML, as a page would hold it. */
export async function render(component: Component, props: Record<string, unknown>, more: Omit<Options, 'props'> = {}): Promise<string> {
	const container = await AstroContainer.create();
	return container.renderToString(component, { props, ...more });
}

export type Tag = { name: string; attributes: Readonly<Record<string, string>> };

/** Every opening tag in some HTML, in order. Enough for what we write ourselves; not a parser for the web at large. */
export function tagsIn(html: string, name?: string): Tag[] {
	const tags = [...html.matchAll(/<([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*\/?>/g)].map((match) => ({
		name: match[1] ?? '',
		attributes: attributesIn(match[2] ?? ''),
	}));
	return name ? tags.filter((tag) => tag.name === name) : tags;
}

function attributesIn(text: string): Record<string, string> {
	return Object.fromEntries([...text.matchAll(/([^\s"'<>/=]+)(?:="([^"]*)")?/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

/** The controls of a form that people fill in. */
export function controlsIn(html: string): Tag[] {
	return tagsIn(html).filter((tag) => ['input', 'select', 'textarea'].includes(tag.name) && tag.attributes.type !== 'hidden');
}

export function idsIn(html: string): string[] {
	return tagsIn(html).flatMap((tag) => (tag.attributes.id === undefined ? [] : [tag.attributes.id]));
}
