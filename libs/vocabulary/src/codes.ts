/** A closed list as an object in which each code stands for itself, as in `{ UPHELD: 'UPHELD' }`: what an enum of a graph is registered from. */
export const codesOf = <const Code extends string>(codes: readonly Code[]) => Object.fromEntries(codes.map((code) => [code, code])) as { readonly [Each in Code]: Each };
