/** Rows as comma-separated text (RFC 4180), one line each. */
export const stringify = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
