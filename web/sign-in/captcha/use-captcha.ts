import { useCallback, useEffect, useRef, useState } from 'react'
import { openService, serviceAt } from '../flow/captcha-policy.ts'
import { type CaptchaApi, captchaApi } from './captcha-script.ts'

type Wanted = { url: string; siteKey: string; isInvisible: boolean }

/** The widget of a CAPTCHA in a place of the page, and its answer. */
export function useCaptcha({ url, siteKey, isInvisible }: Wanted) {
  const place = useRef<HTMLDivElement>(null)
  const api = useRef<CaptchaApi>(undefined)
  const [token, setToken] = useState('')
  const [attempt, setAttempt] = useState(0)
  const [hasFailed, setHasFailed] = useState(false)
  const service = serviceAt(url)
  const isOpen = service !== undefined && service === openService()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads it again
  useEffect(() => {
    const element = place.current
    if (!isOpen || element === null) return
    let isWanted = true
    const fail = () => isWanted && setHasFailed(true)
    setHasFailed(false)
    captchaApi(service, url, {
      render: isInvisible ? siteKey : 'explicit',
      hl: document.documentElement.lang,
    })
      .then((loaded) => {
        if (!isWanted) return
        api.current = loaded
        if (isInvisible || element.childElementCount > 0) return
        loaded.render(element, {
          sitekey: siteKey,
          theme: isDark() ? 'dark' : 'light',
          callback: setToken,
          'expired-callback': () => setToken(''),
          'error-callback': fail,
        })
      })
      .catch(fail)
    return () => {
      isWanted = false
    }
  }, [isOpen, service, url, siteKey, isInvisible, attempt])
  /** @throws Error when the service gives no score. */
  const score = useCallback(
    async (action: string) => {
      if (api.current === undefined) throw new Error('the CAPTCHA is not there')
      return api.current.execute(siteKey, { action })
    },
    [siteKey],
  )
  return { place, token, hasFailed, isOpen, score, tryAgain: () => setAttempt(attempt + 1) }
}

function isDark(): boolean {
  return document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark'
}
