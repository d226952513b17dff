import { fastify } from 'fastify'

/** The lower bound of a request's cost: Fastify that only parses and writes JSON. */
const app = fastify()
app.post('/echo', async (request) => request.body)
console.log(`listens at ${await app.listen({ port: 0, host: '127.0.0.1' })}`)
