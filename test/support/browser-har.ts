/** Sends requests as a browser does, and keeps them as the entries of a HAR file. */
export function harBrowser(shape: 'chrome' | 'firefox') {
  const entries: object[] = []
  const real = globalThis.fetch
  return {
    entries,
    /** The content of the file. */
    text: () => JSON.stringify({ log: { version: '1.2', creator: { name: shape }, entries } }),
    async during(work: () => Promise<void>): Promise<void> {
      globalThis.fetch = async (input, init) => {
        const request = new Request(input, init)
        const body = await request.clone().text()
        const startedDateTime = new Date().toISOString()
        const response = await real(request)
        const content = await response.clone().text()
        entries.push({
          startedDateTime,
          request: {
            method: request.method,
            url: request.url,
            headers: [
              ...(shape === 'chrome' ? [{ name: ':authority', value: new URL(request.url).host }] : []),
              ...headersOf(request.headers),
            ],
            // Firefox writes an empty object for requests without a body.
            ...(body === '' && shape === 'chrome' ? {} : { postData: body === '' ? {} : { text: body } }),
          },
          response: {
            status: response.status,
            headers: headersOf(response.headers),
            content:
              shape === 'chrome'
                ? { mimeType: 'application/json', text: content }
                : {
                    mimeType: 'application/json',
                    encoding: 'base64',
                    text: Buffer.from(content).toString('base64'),
                  },
          },
        })
        return response
      }
      try {
        await work()
      } finally {
        globalThis.fetch = real
      }
    },
  }
}

function headersOf(headers: Headers) {
  return [...headers].map(([name, value]) => ({ name, value }))
}
