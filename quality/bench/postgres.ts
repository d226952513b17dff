import { Client } from 'pg'
import { startPostgres } from '../../test/support/postgres-server.ts'

export type Postgres = {
  /** The process above those of the server. */
  pid: number
  /** Creates an empty database. @returns its URL. */
  createDatabase(name: string): Promise<string>
}

/** Runs PostgreSQL with its own defaults, which save durably. */
export async function withPostgres<Value>(use: (postgres: Postgres) => Promise<Value>): Promise<Value> {
  const { url, pid, stop } = await startPostgres({})
  try {
    return await use({ pid: pid(), createDatabase: (name) => createDatabase(url, name) })
  } finally {
    await stop()
  }
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new Client(serverUrl)
  await client.connect()
  try {
    await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
  const url = new URL(serverUrl)
  url.pathname = name
  return url.href
}
