/**
 * The page to try the graph with, in development. It is served whole from here: the page that
 * the engine has of its own fetches its parts from elsewhere, and works only online.
 */

/** @param {boolean} wanted */
export function graphiql(wanted) {
  if (!wanted) return { graphiql: /** @type {false} */ (false) }
  return {
    graphiql: { title: 'Linli', defaultQuery: '{\n  __typename\n}\n' },
    /** @param {any} options */
    renderGraphiQL: async (options) => {
      // Nine megabytes that only someone who opens the page should pay for.
      const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
      return renderGraphiQL(options)
    },
  }
}
