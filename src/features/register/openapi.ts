import { z } from 'zod';
import { entryAnswer, nameAnswer } from './answer.ts';

const problem = z.object({ type: z.string(), title: z.string(), status: z.number().int(), detail: z.string() });

/** Description of the public interface for programs (OpenAPI 3.1), made from the schemas that its answers are tested against. */
export function openApi(origin: string, organisation: string): object {
	return {
		openapi: '3.1.0',
		info: {
			title: `Register of ${organisation}`,
			version: '1',
			description: 'Reads the public register. The page of an entry says the same in words for people.',
		},
		servers: [{ url: origin }],
		paths: {
			'/api/v1/register/{number}': {
				get: {
					summary: 'One entry, today or on an earlier day',
					parameters: [
						{ name: 'number', in: 'path', required: true, schema: { type: 'string', pattern: '^IPT-\\d{6,9}$' } },
						{ name: 'on', in: 'query', description: 'A day, YYYY-MM-DD, not after today', schema: { type: 'string', format: 'date' } },
					],
					responses: answers(entryAnswer, { 400: 'Not a register number', 404: 'Never given out', 422: 'A day to come, or none at all' }),
				},
			},
			'/api/v1/register': {
				get: {
					summary: 'People on the register by name: twenty at most',
					parameters: [
						{
							name: 'name',
							in: 'query',
							required: true,
							description: 'The beginning of any part of a name',
							schema: { type: 'string', minLength: 2, maxLength: 80 },
						},
					],
					responses: answers(nameAnswer, { 400: 'No name, or fewer than two letters of one' }),
				},
			},
		},
	};
}

function answers(schema: z.ZodType, refusals: Record<number, string>): object {
	const asContent = (type: string, of: z.ZodType) => ({ [type]: { schema: z.toJSONSchema(of, { io: 'output' }) } });
	const refused = Object.entries(refusals).map(([status, description]) => [status, { description, content: asContent('application/problem+json', problem) }]);
	return { 200: { description: 'Found', content: asContent('application/json', schema) }, ...Object.fromEntries(refused) };
}
