type Form = { state: 'idle' | 'invalid' | 'done'; values: Record<string, string[]>; value(field: string): string };

/** What stands in the fields of a section: what was typed once the form was sent, else what is stored. */
export function typedOr(form: Form) {
	const isTyped = form.state !== 'idle';
	return {
		text: (field: string, stored: string | number | null) => (isTyped ? form.value(field) : String(stored ?? '')),
		many: (field: string, stored: readonly string[]) => (isTyped ? (form.values[field] ?? []) : [...stored]),
		ticked: (field: string, stored: boolean) => (isTyped ? form.value(field) === 'yes' : stored),
	};
}
