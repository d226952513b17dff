import { useCallback, useEffect, useState } from 'react'
import { type Device, deviceKinds, listDevices, removeDevice } from '../../api/devices.ts'
import { needsFreshSignIn } from '../../api/fresh-sign-in.ts'
import { readDisplayName, readSignedInUser, type SignedInUser, signInUrl } from '../../api/own-session.ts'
import { ApiError } from '../../api/request.ts'
import { endSessions, listOwnSessions, type Session } from '../../api/sessions.ts'
import { ownSessionsUrl } from '../flow/urls.ts'

export type OwnAccount = {
  user: SignedInUser & { name: string }
  /** Newest first. */
  sessions: readonly Session[]
  devices: readonly Device[]
}

/** `signIn`: a recent sign-in is missing. `method`: the sign-in that removes this device is another one. */
export type Trouble = 'failed' | 'signIn' | 'method'

/** Reads the signed-in person's sessions and devices, and changes them. People who aren't signed in go to the sign-in page. */
export function useOwnAccount(realm: string) {
  const [account, setAccount] = useState<OwnAccount>()
  const [trouble, setTrouble] = useState<Trouble>()
  const load = useCallback(async () => {
    try {
      const found = await readAccount(realm)
      if (found === undefined) return location.replace(signInUrl(realm, ownSessionsUrl(realm)))
      setAccount(found)
    } catch {
      setTrouble('failed')
    }
  }, [realm])
  useEffect(() => {
    void load()
  }, [load])

  /** @returns whether it succeeded. */
  const change = async (work: (user: SignedInUser) => Promise<void>): Promise<boolean> => {
    if (account === undefined) return false
    setTrouble(undefined)
    try {
      await work(account.user)
      await load()
      return true
    } catch (error) {
      setTrouble(troubleOf(error))
      // The session of this page may be the one that has ended.
      if (error instanceof ApiError && error.code === 401) await load()
      return false
    }
  }
  return {
    account,
    trouble,
    reload: () => {
      setTrouble(undefined)
      void load()
    },
    end: (handles: readonly string[]) => change(({ realm: own }) => endSessions(own, handles)),
    remove: (device: Device) => change(({ realm: own, id }) => removeDevice(own, id, device)),
  }
}

async function readAccount(realm: string): Promise<OwnAccount | undefined> {
  const user = await readSignedInUser(realm)
  if (user === undefined) return undefined
  const [name, sessions, ...devices] = await Promise.all([
    readDisplayName(user).catch(() => user.id),
    listOwnSessions(user.realm, user.id),
    ...deviceKinds.map((kind) => listDevices(user.realm, user.id, kind)),
  ])
  return { user: { ...user, name }, sessions, devices: devices.flat() }
}

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ApiError) || error.code !== 403) return 'failed'
  return needsFreshSignIn(error.detail) ? 'signIn' : 'method'
}
