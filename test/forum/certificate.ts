import { generate } from 'selfsigned'

export interface Certificate {
  /** PEM. */
  key: string
  cert: string
}

/** Makes a certificate for the forum's names, good for this run only; browsers are told to accept it. */
export async function makeCertificate(): Promise<Certificate> {
  const names = ['bbs.pku.edu.cn', 'www.bdwm.net', 'bdwm.net', 'wpn.pku.edu.cn', 'localhost']
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'bbs.pku.edu.cn' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [...names.map((value) => ({ type: 2 as const, value })), { type: 7 as const, ip: '127.0.0.1' }],
      },
    ],
  })
  return { key, cert }
}
