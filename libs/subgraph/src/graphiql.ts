/** The page's policy: whatever its script may try, nothing is asked from another machine. */
export const graphiqlPolicy = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; font-src data:; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

let page: string | undefined;

/** The GraphiQL page, served by ourselves; nine megabytes, so that it is loaded when first asked for. */
export async function graphiqlPage(title: string): Promise<string> {
  if (page === undefined) {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    page = renderGraphiQL({ title, endpoint: '/graphql', headers: JSON.stringify({ authorization: 'Bearer …' }, null, 2) });
  }
  return page;
}
