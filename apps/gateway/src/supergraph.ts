import { readFileSync } from 'node:fs';

/** Where each subgraph answers, by the agency's word. */
export type SubgraphUrls = Readonly<Record<string, string>>;

/** Reads the committed supergraph and puts the real addresses in place of `{police}` and the like. Throws with the list of those that have none. */
export function readSupergraph(file: string, urls: SubgraphUrls): string {
  return fillSupergraph(readFileSync(file, 'utf8'), urls);
}

/** See `readSupergraph`. */
export function fillSupergraph(text: string, urls: SubgraphUrls): string {
  const missing: string[] = [];
  const filled = text.replace(/(@join__graph\(name: "[\w-]+", url: )"\{([\w-]+)\}"/g, (_whole, before: string, name: string) => {
    const url = urls[name];
    if (url === undefined) missing.push(name);
    return `${before}${JSON.stringify(url ?? '')}`;
  });
  if (missing.length > 0) throw new Error(`the supergraph names subgraphs without an address: ${missing.join(', ')}. Set SUBGRAPH_URL_<NAME> for each.`);
  return filled;
}
