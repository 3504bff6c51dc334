// A hospital's system in Java: signatures by SM2 with SM3 as BouncyCastle makes them by default. Against a sandbox, with
// BouncyCastle and Gson (Debian: libbcpkix-java, libgoogle-gson-java):
//   J=/usr/share/java
//   java -cp $J/bcprov.jar:$J/bcutil.jar:$J/bcpkix.jar:$J/gson.jar docs/examples/HospitalSm2.java http://127.0.0.1:8080
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

public class HospitalSm2 {
  static final HttpClient http = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    String hub = args.length > 0 ? args[0] : "http://127.0.0.1:8080";

    // A real hospital has its own keys and certificates; a sandbox hands out samples.
    JsonObject sandbox = get(hub + "/sandbox?region=441400");
    JsonObject region = sandbox.getAsJsonArray("regions").get(0).getAsJsonObject();
    JsonObject prescription = region.getAsJsonObject("samplePrescription");
    String hospital = text(prescription.getAsJsonObject("hospital"), "institutionId");
    String physician = text(prescription.getAsJsonObject("physician"), "practitionerId");

    // 1. An access token for a signed assertion (RFC 7523).
    JsonObject caller = first(region.getAsJsonArray("callers"), "institutionId", hospital);
    String token = accessToken(hub, text(caller, "clientId"), caller.getAsJsonObject("privateJwk"));

    // 2. The exact bytes of the document, and a CMS signature by physician and hospital seal over them.
    prescription.addProperty("hospitalPrescriptionNo", "EX-SM2-" + System.currentTimeMillis());
    byte[] document = prescription.toString().getBytes(StandardCharsets.UTF_8);
    JsonArray signers = region.getAsJsonArray("sm2Signers");
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    for (JsonObject signer :
        List.of(first(signers, "practitionerId", physician), first(signers, "purpose", "hospital-seal"))) {
      addSigner(generator, text(signer, "certificatePem"), text(signer, "keyPem"));
    }
    JsonObject authority = sandbox.getAsJsonObject("authority").getAsJsonObject("sm2");
    X509CertificateHolder between = certificate(text(authority, "intermediateCertificatePem"));
    generator.addCertificates(new JcaCertStore(List.of(between)));
    byte[] signature = generator.generate(new CMSProcessableByteArray(document), false).getEncoded();

    // 3. The push. Sent again with the same key it gets the same receipt.
    JsonObject body = new JsonObject();
    body.addProperty("document", Base64.getEncoder().encodeToString(document));
    body.addProperty("signature", Base64.getEncoder().encodeToString(signature));
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(hub + "/hospital/prescriptions"))
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .header("idempotency-key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            BodyHandlers.ofString());
    System.out.println(answer.statusCode() + " " + answer.body());
    System.exit(answer.statusCode() == 201 ? 0 : 1);
  }

  /** One signer with the certificate; the id of SM2 is the standard one, as BouncyCastle takes it by default. */
  static void addSigner(CMSSignedDataGenerator generator, String certificatePem, String keyPem) throws Exception {
    PrivateKeyInfo info = (PrivateKeyInfo) new PEMParser(new StringReader(keyPem)).readObject();
    PrivateKey key = new JcaPEMKeyConverter().setProvider("BC").getPrivateKey(info);
    X509CertificateHolder certificate = certificate(certificatePem);
    var digests = new JcaDigestCalculatorProviderBuilder().setProvider("BC").build();
    var signing = new JcaContentSignerBuilder("SM3withSM2").setProvider("BC").build(key);
    generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(digests).build(signing, certificate));
    generator.addCertificate(certificate);
  }

  static X509CertificateHolder certificate(String pem) throws Exception {
    return (X509CertificateHolder) new PEMParser(new StringReader(pem)).readObject();
  }

  static String accessToken(String hub, String clientId, JsonObject jwk) throws Exception {
    String issuer = text(get(hub + "/.well-known/oauth-authorization-server"), "issuer");
    JsonObject header = new JsonObject();
    header.addProperty("alg", "ES256");
    header.addProperty("kid", text(jwk, "kid"));
    JsonObject claims = new JsonObject();
    claims.addProperty("iss", clientId);
    claims.addProperty("sub", clientId);
    claims.addProperty("aud", issuer);
    claims.addProperty("jti", UUID.randomUUID().toString());
    claims.addProperty("exp", Instant.now().getEpochSecond() + 120);
    String unsigned = url(header.toString().getBytes()) + "." + url(claims.toString().getBytes());
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC", "SunEC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    BigInteger secret = new BigInteger(1, Base64.getUrlDecoder().decode(text(jwk, "d")));
    var spec = new ECPrivateKeySpec(secret, curve.getParameterSpec(ECParameterSpec.class));
    Signature signing = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
    signing.initSign(KeyFactory.getInstance("EC", "SunEC").generatePrivate(spec));
    signing.update(unsigned.getBytes());
    String form =
        "grant_type=client_credentials"
            + "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            + "&client_assertion=" + unsigned + "." + url(signing.sign());
    var request =
        HttpRequest.newBuilder(URI.create(hub + "/oauth/token"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return text(parse(http.send(request, BodyHandlers.ofString()).body()), "access_token");
  }

  static JsonObject get(String address) throws Exception {
    return parse(http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString()).body());
  }

  static JsonObject parse(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  static String text(JsonObject object, String member) {
    return object.get(member).getAsString();
  }

  static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The first in a list whose member has this value. */
  static JsonObject first(JsonArray list, String member, String value) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(each -> each.has(member) && text(each, member).equals(value))
        .findFirst()
        .orElseThrow();
  }
}
