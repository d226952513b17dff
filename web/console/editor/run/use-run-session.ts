import { useCallback, useEffect, useRef, useState } from 'react'
import { endSession } from '../../../api/own-session.ts'

/** The session that runs of this panel start under. It is kept only in memory, and ends with the panel. */
export function useRunSession(realm: string) {
  const [token, setToken] = useState<string>()
  const [isSigningIn, setSigningIn] = useState(false)
  const latest = useRef(token)
  latest.current = token
  const end = useCallback(() => {
    if (latest.current !== undefined) endSession(realm, latest.current).catch(() => {})
  }, [realm])
  useEffect(() => end, [end])
  const take = useCallback((newToken: string) => {
    setToken(newToken)
    setSigningIn(false)
  }, [])
  const signOut = useCallback(() => {
    end()
    setToken(undefined)
  }, [end])
  return { token, isSigningIn, setSigningIn, take, signOut }
}
