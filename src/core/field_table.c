// SPDX-License-Identifier: Apache-2.0
/* field_table -- the headers by which fields are known, gathered from real exports.
 *
 * How to read it. A list is searched from its first header to its last, and the first that the file has is taken, so
 * the order is the preference: precise names, then vaguer ones. Fields are served from top to bottom and a column
 * serves one field only, so a vague header ("cliente", "id", "total") goes to the field that can least do without it.
 * Headers are folded (field.c): no case, accents, blanks, punctuation, "R$", nor the words de, do, da, of, the between
 * others; % is "perc". A field whose own name stands in its list has its place there; any other own name wins at once.
 *
 * What is left out matters as much: freight, cost and list prices, tax amounts, delivery and due dates, units of measure,
 * line numbers ("Item"), the store of a customer ("Loja"), "Desconto" in money, contact persons, the issuer's CNPJ.
 * A column that is not recognised costs a --map; one taken for another costs wrong numbers.
 *
 * Region, coarse to fine is country < state < sales region, and the finest wins: regiao and the like, then UF or
 * state, then country. "Region" in English stands behind country, because beside a country it is a part of an address that
 * most rows leave empty.
 */
#include "core/field_table.h"

/* Headers of the customer's own facts, the same in every kind. */
#define CUSTOMER_CODES                                                                                                 \
    "customerid customercode customerno customernumber customerkey custid custcode custno custnumber "                 \
    "codcliente codcli codigocliente codigocli idcliente clienteid clientecodigo numerocliente nrocliente "            \
    "nrcliente numcliente cdcliente cdcli codclie codclifor codclientefornecedor codigocorporativo "                   \
    "codcorporativo codcorp codparc codparceiro codigoparceiro idparceiro parceiroid codcfo clientid "                 \
    "clientcode clientno clientnumber cardcode bpcode businesspartnercode businesspartner soldto soldtoparty "         \
    "soldtocustomer billtocustomerno selltocustomerno partnerid partnercode accountcode accountnumber "                \
    "accountno accountid codpessoa idpessoa codigopessoa codsacado idsacado d2cliente f2cliente c5cliente "            \
    "c6cli e1cliente cjcliente a1cod customer cliente client cust clie cli parceiro sacado partner account "           \
    "idcontato masterid memberid userid buyerid householdkey"
#define CUSTOMER_NAMES                                                                                                 \
    "customername nomecliente nomecli nomcli nmcliente nmcli razaosocialcliente clienterazaosocial "                   \
    "clientenome razaosocial nomerazaosocial razao rsocial nomecomprador nomeparc nomeparceiro clientname "            \
    "cardname partnername companyname businessname accountname nomesacado sacado nomedestinatario "                    \
    "destinatario a1nome a1nreduz nomepessoa customer cliente client partner clientenomefantasia "                     \
    "nomefantasiacliente nomefantasia fantasia nomecontato contato"
#define TAX_IDS                                                                                                        \
    "cnpjcpf cpfcnpj cnpjcpfcliente cpfcnpjcliente clientecpfcnpj clientecnpjcpf cnpjcliente clientecnpj "             \
    "cpfcliente cnpj cgccpf cpfcgc cgccliente cgc cgcent cpf a1cgc cnpjdestinatario cnpjcpfdestinatario taxid "        \
    "customertaxid vatid vatno vatnumber vatregno vat taxnumber taxno federaltaxid lictradnum "                        \
    "inscricaofederal cpfcnpjcomprador nif"
#define COMPANIES                                                                                                      \
    "codfilial idfilial codigofilial filial codfil d2filial f2filial c5filial c6filial e1filial cjfilial "             \
    "a1filial branchcode branchid branch codestabelecimento codestab estabelecimento estab companycode "               \
    "companyid codempresa codemp codempr idempresa codigoempresa numeroempresa empresa emp codcoligada "               \
    "coligada company"
#define REPS                                                                                                           \
    "repcode repid rep salesrepcode salesrepid salespersoncode salespersonid salesmancode salesmanid codvendedor "     \
    "codvend codvnd idvendedor vendedorid codigovendedor codven cdvendedor codrepresentante codrepres codrep "         \
    "codigorepresentante idrepresentante codrca rca codusur codusur1 codven1 f2vend1 c5vend1 a1vend cjvend1 "          \
    "e1vend1 slpcode vend1 vendedor vendedor1 vend representante nomevendedor nomvend nomerepresentante "              \
    "nomerep salesrep salesperson salesman slpname salesemployee salesemployeename employeeid employee "               \
    "consultor"
#define SEGMENTS                                                                                                       \
    "customersegment segmentocliente segmento segment codsegmento segmentomercado marketsegment codativ codatividade " \
    "ramoatividade ramoativ codatv1 codativ1 ramo atividade descativ codramo a1sativ1 a1sativ customergroup "          \
    "customergroupname customergroupcode grupocliente grupoclientes codgrupocliente codgrupocli "                      \
    "customertype tipocliente customercategory categoriacliente perfilcliente industry"
#define REGIONS                                                                                                        \
    "regiaovenda regiaovendas codregiao regiaocliente nomeregiao regiao salesregion salesterritory territory "         \
    "codpraca praca zonavenda zona uf ufcomprador ufcliente clienteuf ufdestino ufentrega siglauf sigufs "             \
    "uffaturamento coduf estado estadocliente clienteestado estent a1est f2est customerstate state "                   \
    "billingstate shippingstate shipstate province customercountry country shipcountry billingcountry "                \
    "shippingcountry countryname countrycode pais region customerregion shipregion"
#define CITIES                                                                                                         \
    "municipio municipiocliente cidade cidadecliente clientecidade nomecidade nomemunicipio nomecid munic "            \
    "municent cidadeent cidadecomprador cidcli cidadeentrega cidadefaturamento a1mun customercity city "               \
    "shipcity billingcity shippingcity town"
#define PHONES                                                                                                         \
    "phone customerphone phonenumber phoneno phone1 telephone telefone telefone1 fone fone1 tel telcliente "           \
    "telefonecliente telefonecomprador telefonecomercial telent a1tel celular celularcomprador whatsapp "              \
    "mobile mobileno mobilephone"
#define EMAILS                                                                                                         \
    "email emailcomprador customeremail emailcliente emailaddress emailcomercial correioeletronico a1email "           \
    "mail"
#define DOCUMENT_TOTALS                                                                                                \
    "ordertotal totalorder ordervalue orderamount invoicetotal invoicevalue invoiceamount documenttotal "              \
    "doctotal totalpedido valorpedido vlrpedido vlpedido vlrtotalpedido valortotalpedido totalnota valornota "         \
    "vlrnota vlnota valortotalnota vlrtotalnota totalnf valornf vlrnf vlnf valortotalnf valortotalnfe "                \
    "valornotafiscal totalvenda valortotalvenda valorvenda vlrvenda vlvenda valordocumento vlrdocumento "              \
    "valorcontabil vltotal vlatend f2valmerc f2valbrut nettotal basenettotal untaxedamount amountuntaxed "             \
    "amounttotal grandtotal basegrandtotal"
#define LINE_TOTALS                                                                                                    \
    "linetotal lineamount linevalue lineitemtotal extendedprice valorliquidoitem vlrliquidoitem valoritem "            \
    "vlritem vlitem valortotalitem vlrtotalitem totalitem valortotalproduto vlrtotalproduto vltotalproduto "           \
    "totalproduto valorproduto valortotalprodutos valorprodutos totallinha valorlinha vlrtot vlrtotal "                \
    "valortotalliquido valorliquido vlrliquido vlrliq vlliquido totalliquido valortotal totalvalor d2total "           \
    "c6valor orderlinessubtotal orderlinestotal amountitems netamountitems basenetamount netamount netvalue "          \
    "netsales salesamount salesvalue saleamount revenue turnover totalprice precototal totalamount totalvalue "        \
    "totalsales faturamento receita valorfaturado vlrfaturado valorbruto vlrbruto valormercadoria "                    \
    "vlrmercadoria vprod valor vlr vl amount value sales total subtotal dollars spend monetary montante "              \
    "importe"

static const struct field_name orders[] = {
    {FIELD_CUSTOMER, "customer", CUSTOMER_CODES " id"},
    {FIELD_DOCUMENT, "document",
     "orderid ordernumber orderno ordernum ordercode order orderreference orderref orderkey salesorderid salesorderno "
     "salesorder numeropedido numpedido numped nropedido nrpedido npedido nopedido numpedvenda codpedido idpedido "
     "pedidoid pedidonumero pedidovenda pedido c5num c6num nunota numtransvenda invoicenumber invoiceno invoiceid "
     "invoicecode invoice numeronota numnota nronota nrnota nnota nonota numeronotafiscal numnotafiscal nrnotafiscal "
     "notafiscal numeronfe numnfe nrnfe nnfe nonfe nfe numeronf numnf nronf nrnf nnf nonf nf numnfv nota d2doc f2doc "
     "d2pedido numeromov idmov docentry docnum docno documentno documentnumber documentid numerodocumento "
     "numdocumento nrdocumento ndocumento nodocumento numdoc nrodoc nrdoc ndoc doc voucherno numerovenda numvenda "
     "nrvenda idvenda vendaid codvenda codigovenda venda saleid salesid saleno transactionid transactionno "
     "transaction receiptid receiptno receipt receiptnumber basketid billno billnumber bill cupom numerocupom "
     "numcupom numero number documento id"},
    {FIELD_DATE, "date",
     "orderdate dateorder orderdatetime orderpurchasetimestamp purchasedate purchasetimestamp datepurchase datapedido "
     "dtpedido dtped datapedidovenda datavenda dtvenda datahoravenda datacompra dtcompra saledate salesdate "
     "dataemissao dtemissao dtemis dtemi datemi dataemissaonf dataemissaonota dtemissaonf datahoraemissao emissao "
     "emissaonf d2emissao f2emissao c5emissao dhemi demi dtneg datanegociacao dtnegociacao invoicedate "
     "invoicedatetime datanota dtnota datanf dtnf datanotafiscal datafaturamento dtfaturamento dtfat datafat dtfatur "
     "dtsaida postingdate docdate documentdate datadocumento dtdocumento datadoc datamovimento dtmovimento dtmov "
     "transactiondate transactiontimestamp date data datahora datetime timestamp dia createdat createdon createddate "
     "creationdate datacriacao dtcriacao datacadastropedido datadigitacao datainclusao dtinclusao"},
    {FIELD_CUSTOMER_NAME, "customer_name", CUSTOMER_NAMES " nome name"},
    {FIELD_TAX_ID, "tax_id", TAX_IDS},
    {FIELD_COMPANY, "company", COMPANIES},
    {FIELD_REP, "rep", REPS},
    {FIELD_SEGMENT, "segment", SEGMENTS},
    {FIELD_REGION, "region", REGIONS},
    {FIELD_CITY, "city", CITIES},
    {FIELD_PHONE, "phone", PHONES},
    {FIELD_EMAIL, "email", EMAILS},
    {FIELD_PRODUCT, "product",
     "productid productcode productno productnumber productsku sku skucode stockcode stockno stockid itemcode itemno "
     "itemnumber itemid itemsku codproduto codprod codpro codprd codigoprd idprd codigoproduto codigoprod idproduto "
     "produtoid produtocodigo cdproduto coditem codigoitem codmercadoria codmaterial d2cod c6produto itemcodeitems "
     "orderlinesproduct lineitemsku articlecode articleno articleid article materialno materialnumber materialcode "
     "material partno partnumber upc ean gtin codigobarras product produto mercadoria"},
    {FIELD_PRODUCT_NAME, "product_name",
     "productname productdescription productdesc nomeproduto nomprod descricaoproduto descrproduto descproduto "
     "descrprod descprod produtodescricao produtonome dscproduto itemname itemdescription itemdesc descricaoitem "
     "nomeitem c6descri b1desc itemnameitems dscription stockdescription articledescription materialdescription "
     "lineitemname xprod discriminacao descricao description descr product produto mercadoria"},
    {FIELD_PRODUCT_KIND, "product_kind", "productkind producttype tipoproduto tipoprod itemtype tipoitem b1tipo d2tp"},
    {FIELD_QUANTITY, "quantity",
     "quantity orderquantity orderqty orderedquantity orderedqty qtyordered qtyinvoiced invoicedqty salesquantity "
     "quantidadevendida qtdevendida qtdvendida qtvenda qtdneg qtdnegociada qtdped qtdfat quantidadeitem qtditem "
     "quantidade quantid quantd quant qtde qtdd qtd qtdade qt qty qcom d2quant c6qtdven qtyitems quantityitems "
     "orderlinesquantity orderlinesqty lineitemquantity unitssold units unidadesvendidas unidades pieces pecas cds"},
    {FIELD_PRICE, "price",
     "unitprice priceperunit priceunit itemprice saleprice sellingprice netprice precounitarioliquido precoliquido "
     "precounitario precounit precoun preuni precovenda prunit prvenda prcvenda prcven prcunitario prcunit pvenda "
     "vlrunit vlrunitario vlunit vlunitario vlruni valorunitario valorunit valorun vunitario vunit vuncom d2prcven "
     "c6prcven rateitems rate orderlinesunitprice lineitemprice price preco valorvendaunitario unitvalue unitamount"},
    {FIELD_DISCOUNT, "discount",
     "discount discountperc percdiscount discountpercent discountpercentage discountrate linediscountperc "
     "percdesconto percentualdesconto descontoperc percdesc descperc"},
    {FIELD_VALUE, "value", LINE_TOTALS},
    {FIELD_DOCUMENT_VALUE, "document_value", DOCUMENT_TOTALS},
    {FIELD_STATE, "status",
     "orderstatus statusorder status statuspedido pedidostatus statusvenda statusnota statusnf statusnfe situacao "
     "sitped situacaopedido situacaovenda situacaonota situacaonf situacaonfe invoicestatus orderstate cancelled "
     "canceled iscancelled iscanceled cancelado cancelada notacancelada pedidocancelado"},
    {FIELD_TYPE, "type",
     "documenttype doctype doctypename tipodocumento tipodoc invoicetype ordertype transactiontype movetype tipmov "
     "tipomov tipomovimento tipooperacao descroper naturezaoperacao natureza natop natoper operacao tipopedido "
     "tipovenda tiponota d2tipo f2tipo finalidade codfiscal cfop d2cf tipo"},
};

static const struct field_name customers[] = {
    {FIELD_CUSTOMER, "customer", "code codigo " CUSTOMER_CODES " cod id"},
    {FIELD_CUSTOMER_NAME, "customer_name", CUSTOMER_NAMES " nome name"},
    {FIELD_TAX_ID, "tax_id", TAX_IDS " documento"},
    {FIELD_COMPANY, "company", COMPANIES},
    {FIELD_REP, "rep", REPS},
    {FIELD_SEGMENT, "segment", SEGMENTS " canalvenda canal channel"},
    {FIELD_REGION, "region", REGIONS},
    {FIELD_CITY, "city", CITIES},
    {FIELD_PHONE, "phone", PHONES},
    {FIELD_EMAIL, "email", EMAILS},
    {FIELD_LAST_CONTACT, "last_contact",
     "lastcontact lastcontactdate lastcontacted datelastcontact ultimocontato dataultimocontato dtultimocontato "
     "dtultcontato ultcontato ultimavisita dataultimavisita dtultvisita lastvisit lastvisitdate"},
    {FIELD_CLOSED_DATE, "closed_date",
     "closedon closeddate dateclosed closedat encerradoem dataencerramento dtencerramento dataexclusao dtexclusao"},
    {FIELD_REGISTERED, "registered",
     "registeredon registrationdate dateregistered customersince clientsince createdon createdate creationdate "
     "datecreated "
     "datacadastro dtcadastro dtcad datacad datacadastramento clientedesde dtinclusao datainclusao datadocadastro "
     "a1dtcad"},
    {FIELD_CREDIT_LIMIT, "credit_limit",
     "creditlimit creditline limitecredito limcredito limcred vlrlimitecredito vllimitecredito valorlimitecredito "
     "valorlimite vllimite vlrlimite limitecred a1lc limite"},
    {FIELD_BLOCKED, "blocked",
     "blocked isblocked creditblocked onhold creditonhold bloqueado clientebloqueado bloqueio bloq a1msblql "
     "situacaobloqueio bloqueiocredito"},
    {FIELD_LATITUDE, "latitude", "latitude lat geolat gpslat gpslatitude latitudecliente latitudegps coordlatitude"},
    {FIELD_LONGITUDE, "longitude",
     "longitude lon lng long geolon geolng gpslon gpslng gpslongitude longitudecliente longitudegps coordlongitude"},
    {FIELD_TEXT, "text", "closedreason reason motivoencerramento motivoexclusao motivo"},
};

static const struct field_name products[] = {
    {FIELD_PRODUCT, "product",
     "productid productcode productno sku stockcode itemcode itemno itemid codproduto codprod codpro codprd "
     "codigoproduto idproduto produtoid codmercadoria codmaterial articleno materialno b1cod code codigo cod product "
     "produto referencia id"},
    {FIELD_PRODUCT_NAME, "product_name",
     "productname productdescription nomeproduto nomprod descricaoproduto descrproduto descproduto descrprod descprod "
     "itemname itemdescription b1desc descricao description descr nome name product produto"},
    {FIELD_PRODUCT_KIND, "product_kind",
     "productkind producttype tipoproduto tipoprod itemtype tipoitem b1tipo kind type tipo"},
};

static const struct field_name titles[] = {
    {FIELD_CUSTOMER, "customer", CUSTOMER_CODES},
    {FIELD_DOCUMENT, "document",
     "titleid titleno titlenumber titulo numerotitulo numtitulo nrtitulo nrotitulo ntitulo notitulo idtitulo "
     "codtitulo duplicata numeroduplicata numduplicata nrduplicata duplic nufin numdup boleto nossonumero e1num "
     "invoicenumber invoiceno invoiceid invoice numeronota numnota nrnota notafiscal numeronf numnf nrnf nf "
     "numerodocumento numdocumento nrdocumento documentno documentnumber numdoc nrdoc documento docentry docnum "
     "voucherno numero number lancamento id"},
    {FIELD_PART, "part",
     "parcel installment installmentno installmentid parcela numeroparcela numparcela nrparcela nparcela noparcela "
     "prest prestacao desdobramento desdob e1parcela sequencia"},
    {FIELD_DUE_DATE, "due_date",
     "duedate datedue docduedate datavencimento dtvencimento datavenc dtvenc dtvencto vencimentoreal vencimento "
     "vencto venc e1vencrea e1vencto paymentduedate maturity maturitydate"},
    {FIELD_CLOSED_DATE, "closed_date",
     "paidon paiddate datepaid paymentdate closeddate datapagamento dtpagamento datapagto dtpagto dtpag datapag "
     "pagamento databaixa dtbaixa dhbaixa baixa datarecebimento dtrecebimento dataliquidacao dtliquidacao e1baixa"},
    {FIELD_DATE, "date",
     "issuedate dateissued invoicedate dataemissao dtemissao emissao e1emissao dtneg postingdate docdate documentdate "
     "datadocumento datalancamento dtlancamento date data"},
    {FIELD_OPEN_VALUE, "open_value",
     "openvalue openamount outstanding outstandingamount balance balancedue amountdue amountresidual saldo "
     "saldodevedor valoraberto vlraberto valoremaberto valorsaldo saldoaberto saldotitulo e1saldo aberto"},
    {FIELD_VALUE, "value",
     "titlevalue invoiceamount invoicetotal grandtotal valortitulo vlrtitulo vltitulo valororiginal vlroriginal "
     "valorparcela vlrparcela valorduplicata vlrdesdob valordocumento vlrdocumento e1valor e1vlcruz valor vlr vl "
     "amount value total doctotal"},
    {FIELD_STATE, "status", "status situacao statustitulo situacaotitulo paymentstatus financialstatus"},
    {FIELD_CUSTOMER_NAME, "customer_name", CUSTOMER_NAMES " nome name e1nomcli"},
    {FIELD_TAX_ID, "tax_id", TAX_IDS},
    {FIELD_COMPANY, "company", COMPANIES},
};

static const struct field_name quotes[] = {
    {FIELD_CUSTOMER, "customer", CUSTOMER_CODES},
    {FIELD_DOCUMENT, "document",
     "quoteid quoteno quotenumber quotation quotationid quotationno quote numeroorcamento numorcamento nrorcamento "
     "norcamento noorcamento idorcamento codorcamento orcamento numeroproposta numproposta nrproposta idproposta "
     "proposta numerocotacao numcotacao cotacao cjnum nunota orderreference docentry docnum numero number documentno "
     "documento id"},
    {FIELD_DUE_DATE, "due_date",
     "validuntil validtill validto expirydate expirationdate expiration duedate validade datavalidade dtvalidade "
     "valido cjvalida"},
    {FIELD_CLOSED_DATE, "closed_date",
     "answeredon answerdate closeddate closedon datafechamento dtfechamento dataresposta dtresposta dataaprovacao"},
    {FIELD_DATE, "date",
     "quotedate quotationdate dataorcamento dtorcamento dataproposta datacotacao dataemissao dtemissao emissao "
     "cjemissao dtneg orderdate transactiondate postingdate docdate date data datahora createdat creationdate "
     "datacriacao"},
    {FIELD_VALUE, "value",
     "quotevalue quoteamount quotetotal valororcamento vlrorcamento totalorcamento valorproposta totalproposta "
     "valorcotacao " LINE_TOTALS " " DOCUMENT_TOTALS},
    {FIELD_STATE, "status",
     "quotestatus status statusorcamento statusproposta situacao situacaoorcamento situacaoproposta stage etapa"},
    {FIELD_TEXT, "text", "reason lostreason motivo motivoperda motivorecusa observacao notes"},
    {FIELD_CUSTOMER_NAME, "customer_name", CUSTOMER_NAMES " nome name"},
    {FIELD_TAX_ID, "tax_id", TAX_IDS},
    {FIELD_COMPANY, "company", COMPANIES},
    {FIELD_REP, "rep", REPS},
};

static const struct field_name tickets[] = {
    {FIELD_CUSTOMER, "customer", CUSTOMER_CODES},
    {FIELD_DOCUMENT, "document",
     "ticketid ticketno ticketnumber ticket caseid casenumber issueid chamado numerochamado numchamado nrchamado "
     "idchamado protocolo numeroprotocolo atendimento numeroatendimento idatendimento ocorrencia numeroocorrencia rnc "
     "numerornc reclamacao naoconformidade numero number documento id"},
    {FIELD_CLOSED_DATE, "closed_date",
     "closeddate closedon closedat resolveddate resolvedat resolvedon solvedat dataencerramento dtencerramento "
     "datafechamento dtfechamento dataconclusao datasolucao dtsolucao encerradoem encerramento fechamento"},
    {FIELD_DATE, "date",
     "openeddate openedon openedat openingdate dateopened dataabertura dtabertura abertura dataocorrencia "
     "datareclamacao datachamado createdat createdon createddate creationdate datacriacao date data datahora"},
    {FIELD_STATE, "status", "ticketstatus status statuschamado situacao situacaochamado"},
    {FIELD_TYPE, "type", "tickettype tipochamado tipoocorrencia type tipo categoria category"},
    {FIELD_TEXT, "text",
     "subject assunto title titulo summary resumo descricao description reason motivo observacao issue problema"},
    {FIELD_CUSTOMER_NAME, "customer_name", CUSTOMER_NAMES " nome name"},
    {FIELD_TAX_ID, "tax_id", TAX_IDS},
    {FIELD_COMPANY, "company", COMPANIES},
};

/* A contact is the customer itself in the programs that number their contacts; elsewhere it is a person there. */
const struct field_condition field_conditions[] = {
    {"nomecontato", "idcontato"}, {"contato", "idcontato"}, {NULL, NULL}};

#define LIST(array)                                                                                                    \
    { (array), sizeof(array) / sizeof *(array) }

const struct field_list field_lists[IMPORT_KIND_END] = {
    [IMPORT_ORDERS] = LIST(orders), [IMPORT_CUSTOMERS] = LIST(customers), [IMPORT_PRODUCTS] = LIST(products),
    [IMPORT_TITLES] = LIST(titles), [IMPORT_QUOTES] = LIST(quotes),       [IMPORT_TICKETS] = LIST(tickets),
};
