import { useCallback, useEffect, useRef, useState } from 'react'
import { allowedService, serviceAt } from '../flow/captcha-policy.ts'
import { type CaptchaApi, captchaApi } from './captcha-script.ts'

type CaptchaOptions = { url: string; siteKey: string; isInvisible: boolean }

/** Renders the widget of a CAPTCHA into `place`, and returns its token. */
export function useCaptcha({ url, siteKey, isInvisible }: CaptchaOptions) {
  const place = useRef<HTMLDivElement>(null)
  const api = useRef<CaptchaApi>(undefined)
  const [token, setToken] = useState('')
  const [attempt, setAttempt] = useState(0)
  const [hasFailed, setHasFailed] = useState(false)
  const service = serviceAt(url)
  const isOpen = service !== undefined && service === allowedService()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads the script again
  useEffect(() => {
    const element = place.current
    if (!isOpen || element === null) return
    let isCurrent = true
    const fail = () => isCurrent && setHasFailed(true)
    setHasFailed(false)
    captchaApi(service, url, {
      render: isInvisible ? siteKey : 'explicit',
      hl: document.documentElement.lang,
    })
      .then((loaded) => {
        if (!isCurrent) return
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
      isCurrent = false
    }
  }, [isOpen, service, url, siteKey, isInvisible, attempt])
  /** @throws Error when the service returns no score. */
  const score = useCallback(
    async (action: string) => {
      if (api.current === undefined) throw new Error('The CAPTCHA has not loaded')
      return api.current.execute(siteKey, { action })
    },
    [siteKey],
  )
  return { place, token, hasFailed, isOpen, score, tryAgain: () => setAttempt(attempt + 1) }
}

function isDark(): boolean {
  return document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark'
}
