import { fastify } from 'fastify'

/** The floor: what the same framework costs when it does nothing but read and write JSON. */
const app = fastify()
app.post('/echo', async (request) => request.body)
console.log(`listens at ${await app.listen({ port: 0, host: '127.0.0.1' })}`)
