/** What every form field takes. `name` doubles as the id unless `id` says otherwise, so that an error summary can link to it. */
export interface FieldProps {
	name: string;
	label: string;
	id?: string;
	hint?: string;
	/** The message beside the field; the field is marked invalid while there is one. */
	error?: string;
	/** Makes the label the page's h1: for pages that ask one thing. */
	asHeading?: boolean;
}

/**
 * The value of `aria-describedby`: hint, then error, then whatever else explains the field.
 * Undefined when nothing does, so that the attribute is left out.
 */
export function describedBy(id: string, field: { hint?: string; error?: string }, ...more: string[]): string | undefined {
	const ids = [field.hint && `${id}-hint`, field.error && `${id}-error`, ...more].filter(Boolean);
	return ids.length > 0 ? ids.join(' ') : undefined;
}
