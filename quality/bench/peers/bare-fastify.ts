import { fastify } from 'fastify'
import { listens } from './listens.ts'

/** The lower bound of a request's cost: Fastify that only parses and writes JSON. */
const app = fastify()
app.post('/echo', async (request) => request.body)
listens(await app.listen({ port: 0, host: '127.0.0.1' }))
