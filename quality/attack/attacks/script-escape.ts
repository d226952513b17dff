import { saveJourney, scripted } from '../../../test/support/prepared-folder.ts'
import { answerStep, startJourney, stepOf } from '../../../test/support/wire.ts'
import { type Attack, mustHold } from '../attack.ts'
import { send, victim } from '../checks.ts'

/** Scripts that take the outcome `out` if the escape works, and fail the journey otherwise. */
const escapes: Readonly<Record<string, string>> = {
  'the constructor of a host function':
    'logger.info.constructor("return process")().exit(1); action.goTo("out")',
  'the constructor of this': 'this.constructor.constructor("return process")().exit(1); action.goTo("out")',
  'a module of the server': 'require("node:child_process").execSync("true"); action.goTo("out")',
  'a file by its path': 'require("../../../../etc/passwd"); action.goTo("out")',
  'a Java class': 'java.lang.Runtime.getRuntime().exec("true"); action.goTo("out")',
  'the class loader': 'Packages.java.lang.Class.forName("java.lang.System"); action.goTo("out")',
  'an endless loop': 'while (true);',
  'all memory': 'var a = []; while (true) a.push("x".repeat(1e6) + a.length)',
  'the prototype of what the server reads':
    'nodeState.putShared("__proto__", { polluted: 1 }); action.goTo("__proto__")',
  'the secrets of the server':
    'if (systemEnv.getProperty("esv.admin.password") === null) throw "none"; action.goTo("out")',
}

/** The attacker gives an administrator a journey with scripts to import. */
export const scriptEscape: Attack = {
  name: 'script escape',
  defence: 'H19: a journey ends in success when a node failed',
  goal: 'the process, the files or the secrets of the server',
  async prepare(stores) {
    const save = async (name: string, source: string) =>
      saveJourney(stores, name, { run: await scripted(stores, name, source, { out: 'success' }) })
    for (const [name, source] of Object.entries(escapes)) await save(`escape ${name}`, source)
    await save(
      'another realm',
      'if (idRepository.getIdentity("amadmin").getAttributeValues("uid").length === 0) throw "none"; action.goTo("out")',
    )
  },
  async play(scene) {
    for (const name of Object.keys(escapes)) {
      const end = await startJourney(scene.url, `escape ${name}`)
      mustHold(end.status === 401 && end.body.tokenId === undefined, `${name}: the script escaped`)
      mustHold(!JSON.stringify(end.body).includes('process'), `${name}: the answer reveals internals`)
    }
    const login = await startJourney(scene.url, 'Login')
    const next = await answerStep(scene.url, login, [victim.userName, victim.password])
    mustHold(stepOf(login).callbacks.length > 0 && next.status === 200, 'people can no longer sign in')
    const spy = await startJourney(scene.url, 'another realm')
    mustHold(spy.status === 401, 'a script read a person of another realm')
    mustHold((await send(scene, 'serverinfo/*')).status === 200, 'the server is down')
    mustHold(!('polluted' in {}), 'a script changed the objects of the server')
    return `${Object.keys(escapes).length} scripts failed their own journeys and nothing else`
  },
}
