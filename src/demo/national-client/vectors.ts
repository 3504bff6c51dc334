/** The published demonstration keys of the interface, and messages made with them. Known answers, not secrets. */
export const DEMO = {
  appId: '57E2D561E97141A3871DEFB410ADD920',
  appSecret: 'F30D0D261BA04063A0BCAEF19F8ADBCC',
  privateKey: 'AKyhfvPbT+tIJHJkZSDILrw7t+FOG1U58UcupYYTzCOj',
  publicKey: 'BIFd2+2CgjuPAj5FMj5L/L3azTWu86suPtlIJkCo8zjQ44R7SQUUkTgZGdVelRQCM5pW+x9tZGzDPaUNbfD499w=',
  derivation:
    '988849C630C6A756CAEF326E13A2A6645E79C19CB348B0E4E67FC02F055D66AEDD52DF0A67AC1D5006E2D53948156D1A',
  dataKey: '988849C630C6A756',
  z: 'be3221361009089f7aaf4ca9717f58a66909600a24a51ad56a8f45afd929ab17',
} as const

export interface Vector {
  readonly name: string
  /** The message as JSON text, so that a number stays the number that was sent. */
  readonly around: string
  readonly business: string
  readonly encData: string
  readonly text: string
  readonly textDigest: string
  /** SM3 over Z and the text. */
  readonly digest: string
  /** One signature of many: SM2 draws a number. */
  readonly signData: string
}

export const VECTORS: readonly Vector[] = [
  {
    name: 'one member, the time as a number, no version',
    around:
      '{"appId":"57E2D561E97141A3871DEFB410ADD920","encType":"SM4","signType":"SM2","timestamp":1700000000000}',
    business: '{"userName":"张三"}',
    encData: '33BC1E3A996B37E17DE65798F5FA50FC299F7839AFE723364BCB23963D74E658',
    text: 'appId=57E2D561E97141A3871DEFB410ADD920&data={"userName":"张三"}&encType=SM4&signType=SM2&timestamp=1700000000000&key=F30D0D261BA04063A0BCAEF19F8ADBCC',
    textDigest: '184fad816d2750e9ea6b6700cd2566f57109e669095184966729c28664d5222b',
    digest: 'b7f5b5aeb5f47bfc7f4d5a77d3907df5b10898d7da2e0e01cc90cf99a4c8d77c',
    signData: 'aIRD+Vb4hkKpae1nf+UT2R4Lb1SQ/GtVTWw88PL/g5NVcokBSro7uvGQ7qv+M7ku8nU3yCPVmTDLNYmIfdWEUQ==',
  },
  {
    name: 'nested objects, lists and empty values',
    around:
      '{"appId":"57E2D561E97141A3871DEFB410ADD920","encType":"SM4","signType":"SM2","timestamp":"1700000000000","version":"1.0.0","transType":"","extra":"ignored"}',
    business:
      '{"rxTypeCode":"1","hospRxno":"R0001","valiDays":3,"cardSn":"","initRxno":null,"rxdrugdetail":[{"medListCodg":"XA01ABD075A002010100483","drugCnt":2,"extras":{},"hospApprFlag":"0"}],"mdtrtinfo":{"psnNo":"P1","extras":null,"otpIptFlag":"1"},"diseinfo":[],"longRxFlag":false}',
    encData:
      '9E9723B9690DEF9DEC325C563DF6A14068723BF200469AD4868B76B0B99221A40C20F183D670E3F108ED6A7A3C9D1988086A49479AA9692450E8C181E612F27D6CACFB7F7BE01DB0AADEDC99FE7B6F23B85095BB232A182612008CA8085F9C034751A3E626310E4EB6F404F1B4F26BDEF7D61B260FD33F146A9D3ADDEAA78D50CF7AC77CC6973775D5FB5078061735BE5F65190620BDF26F9C215F71F6576C84A259EC851F04D6C01C3B3B51083F247D3DBA47445879E226FD04AC688FC41250021B68E4B598FD22CFF7613963CEEA5F285DB06452BD490E777C4016B3A505F72E8EE491D644EB2D41C0B621C7137A711F097F611951DB3D1FD119239D02BD4EACA5D85044B92671B180C75939F38320',
    text: 'appId=57E2D561E97141A3871DEFB410ADD920&data={"hospRxno":"R0001","longRxFlag":"false","mdtrtinfo":{"otpIptFlag":"1","psnNo":"P1"},"rxTypeCode":"1","rxdrugdetail":[{"drugCnt":"2","extras":{},"hospApprFlag":"0","medListCodg":"XA01ABD075A002010100483"}],"valiDays":"3"}&encType=SM4&signType=SM2&timestamp=1700000000000&version=1.0.0&key=F30D0D261BA04063A0BCAEF19F8ADBCC',
    textDigest: '2341e13def6c5bdf1fa2a0cd25e77ee5fa63da6858925be01676642fe8e85422',
    digest: '466bf25a949bb454c45cd3bf207e49fc72fe01b680f8febb303ba48533d8c8ad',
    signData: '1g/E33/RDtBZzY7LN1p4al5wUi6kd+LWIqW6iblDshfiKbNlHTdUGctM9SeYjWO9NgWv4/5t56Zn/F2gDUdazg==',
  },
  {
    name: 'a withdrawal',
    around:
      '{"appId":"57E2D561E97141A3871DEFB410ADD920","encType":"SM4","signType":"SM2","timestamp":"1735696800000","version":"1.0.0"}',
    business:
      '{"hiRxno":"3211812023021300000001","fixmedinsCode":"H00000000001","drCode":"D000000000001","undoDrName":"测试医生","undoDrCertType":"01","undoDrCertno":"000000000000000000","undoRea":"患者放弃","undoTime":"2025-01-01 10:00:00"}',
    encData:
      'F820C2946BE79C07F43AF3CDF30C78E721C2C908871071D3FA30F20805772F4A7D029A6E58BFF052C8341BD8585BB6C222E1842B8DDC7162E7CBDDB0C7A892319DA3F9C4BE245B60C0813E1A8DF649927A30995EE10C765667A7803BDEF64A61BB04A102EA404482AA987231486862C18042B4DC8E32D7DF3603BE4BFD133C9A23B38184F50AFD7A853D189B3934BF4EE34BE0FC7EAD9BCE3B397801A75D4D2A3F41CA8F2C3CB784EDCAEB0D00D5C237A38505748BC95A3AA33F882D534229279C837502D6D1FB72572CA1A82894F04E3929F9577D431579B876DDA09C19A80298CB81EF7CFE92FA8E570BF6B33EB7E0',
    text: 'appId=57E2D561E97141A3871DEFB410ADD920&data={"drCode":"D000000000001","fixmedinsCode":"H00000000001","hiRxno":"3211812023021300000001","undoDrCertType":"01","undoDrCertno":"000000000000000000","undoDrName":"测试医生","undoRea":"患者放弃","undoTime":"2025-01-01 10:00:00"}&encType=SM4&signType=SM2&timestamp=1735696800000&version=1.0.0&key=F30D0D261BA04063A0BCAEF19F8ADBCC',
    textDigest: '4ac6598d9951649e49de12fa259a8e1821453d2210e2c84f020f0798caef5676',
    digest: '87d173f36ead0b93e19bfcc539d0908a107a47aff574f036a176f42b6446d99a',
    signData: 'QUm8mrxpmrR8nL43vuvinM5kSBnaaLBnccJxkFNSsAUyYzAw8cl4JN9F5By0cMLBYm3glP6pqJfVgZoBQtGLFQ==',
  },
]
