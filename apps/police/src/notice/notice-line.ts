import type { RefusalCode, Warning } from '@lianfang/vocabulary';

/** One line of a notice: a code with what fills its sentence; never personal data. */
export const line = (code: RefusalCode, parameters: Record<string, string> = {}): Warning => ({ code, path: null, parameters });
