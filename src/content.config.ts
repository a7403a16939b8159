import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/**
 * Public texts. The id is the path without its ending, and `about/index.md` has the id `about`.
 * Address: `/` + id, but pages of the section `site` stand at the root (`site/privacy` is `/privacy`).
 */
const pages = defineCollection({
	loader: glob({ base: './src/content/pages', pattern: '**/*.md' }),
	schema: z.strictObject({
		title: z.string().min(3),
		description: z.string().max(155),
		section: z.enum(['about', 'help', 'policies', 'site']),
		order: z.number(),
		nav: z.string().max(40),
		// A day in YYYY-MM-DD. In quotes in the file, because YAML would make a bare one a Date.
		reviewedOn: day,
		owner: z.string(),
		exit: z.boolean().optional(),
		sources: z.array(z.strictObject({ label: z.string() })).optional(),
	}),
});

export const collections = { pages };
