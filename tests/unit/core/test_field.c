// SPDX-License-Identifier: Apache-2.0
/* Header rows of real programs and published data sets: the right column for each field, and never a wrong one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/field.h"
#include "core/field_table.h"

enum { COLUMNS = 64 };

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static size_t split(const char *row, char mark, struct str out[COLUMNS]) {
    size_t n = 0;
    bool more = true;
    for (struct str rest = str_from(row); more && n < COLUMNS; n++)
        more = str_cut(rest, mark, &out[n], &rest);
    return n;
}

/* The header row, and below it for each column the name of its field, "-" for none; both split at `mark`. */
static void row_is(enum import_kind kind, char mark, const char *row, const char *expected) {
    struct str header[COLUMNS], name[COLUMNS];
    enum field field[COLUMNS];
    size_t n = split(row, mark, header);
    assert_int_equal(split(expected, ' ', name), n);
    field_recognise(&arena, kind, header, n, field);
    for (size_t i = 0; i < n; i++) {
        struct str got = field[i] == FIELD_NONE ? S("-") : str_from(field_name(field[i]));
        if (!str_equal(got, name[i]))
            fail_msg("%.*s is %.*s, not %.*s", STR_ARG(header[i]), STR_ARG(got), STR_ARG(name[i]));
    }
}

static void orders(char mark, const char *row, const char *expected) {
    row_is(IMPORT_ORDERS, mark, row, expected);
}

static void field_orders_of_online_retail(void **state) {
    (void)state;
    orders(',', "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
           "document product product_name quantity date price customer region");
    orders(',', "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
           "document product product_name quantity date price customer region");
}

static void field_orders_of_northwind(void **state) {
    (void)state;
    orders(',',
           "orderID,customerID,employeeID,orderDate,requiredDate,shippedDate,shipVia,freight,shipName,shipAddress,"
           "shipCity,shipRegion,shipPostalCode,shipCountry",
           "document customer rep date - - - - - - city - - region");
    orders(',', "orderID,productID,unitPrice,quantity,discount", "document product price quantity discount");
    row_is(IMPORT_CUSTOMERS, ',',
           "customerID,companyName,contactName,contactTitle,address,city,region,postalCode,country,phone,fax",
           "customer customer_name - - - city - - region phone -");
    row_is(IMPORT_PRODUCTS, ',',
           "productID,productName,supplierID,categoryID,quantityPerUnit,unitPrice,unitsInStock,unitsOnOrder,"
           "reorderLevel,discontinued",
           "product product_name - - - - - - - -");
}

static void field_orders_of_olist(void **state) {
    (void)state;
    orders(',',
           "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,"
           "order_delivered_customer_date,order_estimated_delivery_date",
           "document customer status date - - - -");
    orders(',', "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value",
           "document - product - - price -");
    row_is(IMPORT_CUSTOMERS, ',',
           "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state",
           "customer - - city region");
    row_is(IMPORT_PRODUCTS, ',', "product_id,product_category_name,product_name_lenght,product_description_lenght",
           "product - - -");
}

static void field_orders_of_purchase_logs(void **state) {
    (void)state;
    orders(',', "customer_id,date,cds,dollars", "customer date quantity value");
    orders(',', "master_id,sample_id,date,cds,dollars", "customer - date quantity value");
    orders(',', "cust,date", "customer date");
    orders(',', "date,id", "date customer");
    orders(',', "Id,Date,Price", "customer date price");
    orders(',', "invoice,timestamp,customer_id,country,n_lines,units,amount",
           "document date customer region - quantity value");
    orders(',', "id,customer_id,date,total", "document customer date value");
}

static void field_orders_of_winthor(void **state) {
    (void)state;
    orders(';', "CODCLI;NOMCLI;CGC;DTEMISSAO;NUMPED;CODVEND;UF;MUNICIPIO;CODPROD;QTDE;VLRUNIT;VLRTOTAL",
           "customer customer_name tax_id date document rep region city product quantity price value");
    orders(';',
           "CODFILIAL;NUMPED;DATA;CODCLI;CLIENTE;CODUSUR;CODPROD;DESCRICAO;QT;PVENDA;PTABELA;CUSTOFIN;VLATEND;POSICAO",
           "company document date customer customer_name rep product product_name quantity price - - document_value -");
    row_is(IMPORT_CUSTOMERS, ';',
           "CODCLI;CLIENTE;FANTASIA;CGCENT;ENDERENT;MUNICENT;ESTENT;TELENT;CODUSUR1;CODATV1;DTEXCLUSAO",
           "customer customer_name - tax_id - city region phone rep segment closed_date");
}

static void field_orders_of_sankhya(void **state) {
    (void)state;
    orders(';',
           "NUNOTA;NUMNOTA;CODEMP;CODPARC;NOMEPARC;CGC_CPF;DTNEG;DTENTSAI;CODVEND;CODPROD;DESCRPROD;QTDNEG;CODVOL;"
           "VLRUNIT;VLRTOT;VLRNOTA;VLRFRETE;TIPMOV;STATUSNOTA",
           "document - company customer customer_name tax_id date - rep product product_name quantity - price value "
           "document_value - type status");
}

static void field_orders_of_protheus(void **state) {
    (void)state;
    orders(';',
           "D2_FILIAL;D2_ITEM;D2_COD;D2_QUANT;D2_PRCVEN;D2_TOTAL;D2_VALIPI;D2_TES;D2_CF;D2_CLIENTE;D2_LOJA;D2_DOC;"
           "D2_SERIE;D2_EMISSAO;D2_TIPO;D2_CUSTO1;F2_VEND1;A1_NOME;A1_CGC;A1_EST;A1_MUN",
           "company - product quantity price value - - - customer - document - date type - rep customer_name tax_id "
           "region city");
    orders(';',
           "Filial;Numero;Emissao;Cliente;Loja;Nome;Vendedor 1;Produto;Descricao;Quantidade;Prc Unitario;Vlr.Total",
           "company document date customer - customer_name rep product product_name quantity price value");
}

static void field_orders_of_totvs_rm_and_senior(void **state) {
    (void)state;
    orders(';',
           "CODCOLIGADA;CODFILIAL;IDMOV;NUMEROMOV;CODCFO;NOMEFANTASIA;DATAEMISSAO;CODVEN1;CODIGOPRD;QUANTIDADE;"
           "PRECOUNITARIO;VALORLIQUIDO;VALORFRETE",
           "- company - document customer customer_name date rep product quantity price value -");
    orders(';', "CODEMP;CODFIL;NUMPED;DATEMI;CODCLI;NOMCLI;CODREP;SIGUFS;CODPRO;QTDPED;PREUNI;VLRLIQ;SITPED",
           "- company document date customer customer_name rep region product quantity price value status");
}

static void field_orders_of_bling(void **state) {
    (void)state;
    orders(';',
           "Número pedido;Nome Comprador;Data;CPF/CNPJ Comprador;Endereço Comprador;Cidade Comprador;UF Comprador;"
           "Telefone Comprador;E-mail Comprador;Produto;SKU;Un;Quantidade;Valor Unitário;Valor Total;Total Pedido;"
           "Valor Frete Pedido;Valor Desconto Pedido;Nome Entrega;Cidade Entrega;UF Entrega;Situação",
           "document customer_name date tax_id - city region phone email product_name product - quantity price value "
           "document_value - - - - - status");
}

static void field_orders_of_tiny(void **state) {
    (void)state;
    orders(
        ';',
        "ID;Número do pedido;Data;Data prevista;ID contato;Nome do contato;Tipo pessoa;CPF/CNPJ;RG/IE;CEP;Município;UF;"
        "Endereço;Fone;E-mail;Desconto pedido;Frete pedido;Observações;Situação;ID produto;Descrição;Quantidade;"
        "Valor unitário;Vendedor",
        "- document date - customer customer_name - tax_id - - city region - phone email - - - status product "
        "product_name quantity price rep");
}

static void field_orders_of_omie(void **state) {
    (void)state;
    orders(';',
           "Nº do Pedido;Data de Inclusão;Previsão de Faturamento;Cliente (Nome Fantasia);CNPJ/CPF do Cliente;Cidade;"
           "Estado;Vendedor;Código do Produto;Descrição do Produto;Unidade;Quantidade;Valor Unitário (R$);Valor Total "
           "(R$);Etapa;Situação",
           "document date - customer_name tax_id city region rep product product_name - quantity price value - status");
}

static void field_orders_of_sap_business_one(void **state) {
    (void)state;
    orders(',',
           "DocEntry,DocNum,DocDate,DocDueDate,CardCode,CardName,LicTradNum,SlpCode,ItemCode,Dscription,Quantity,Price,"
           "DiscPrcnt,LineTotal,VatSum,DocTotal,CANCELED",
           "document - date - customer customer_name tax_id rep product product_name quantity price - value - "
           "document_value status");
}

static void field_orders_of_erpnext(void **state) {
    (void)state;
    orders(',',
           "ID,Customer,Customer Name,Posting Date,Payment Due Date,Company,Territory,Customer Group,Net Total,Grand "
           "Total,Status,Item Code (Items),Item Name (Items),Quantity (Items),Rate (Items),Amount (Items)",
           "document customer customer_name date - company region segment document_value - status product product_name "
           "quantity price value");
}

static void field_orders_of_odoo(void **state) {
    (void)state;
    orders(',',
           "Order Reference,Order Date,Delivery Date,Customer,Salesperson,Company,Order Lines/Product,Order "
           "Lines/Quantity,Order Lines/Unit Price,Order Lines/Subtotal,Total,Status",
           "document date - customer rep company product quantity price value - status");
}

static void field_orders_typed_by_hand(void **state) {
    (void)state;
    orders(';', "Data da Venda;Cód. Cliente;Cliente;Nº Nota;Vlr. Líquido;Vlr. Bruto;Frete;Vendedor;Região;UF",
           "date customer customer_name document value - - rep region -");
    orders(';', "Dt. Emissão;Cliente;Pedido;Produto;Qtd.;Preço Unit.;% Desc.;Total (R$)",
           "date customer document product quantity price discount value");
    orders('|', "Emissão|Vencimento|Código do Cliente|Razão Social|CNPJ|Nota Fiscal|Valor Total da Nota|Cidade|Estado",
           "date - customer customer_name tax_id document document_value city region");
    orders(';', "Pedido;Item;Cliente;Contato;Data;Desconto;Valor", "document - customer - date - value");
}

static void field_region_is_the_finest_the_file_has(void **state) {
    (void)state;
    orders(',', "cliente,data,pais,uf,regiao", "customer date - - region");
    orders(',', "cliente,data,pais,uf", "customer date - region");
    orders(',', "customer,date,state,country", "customer date region -");
    orders(',', "customer,date,region,country", "customer date - region");
    orders(',', "customer,date,region", "customer date region");
    orders(',', "customer,date,sales_region,state,country", "customer date region - -");
}

static void field_titles_of_protheus_and_winthor(void **state) {
    (void)state;
    row_is(
        IMPORT_TITLES, ';',
        "E1_FILIAL;E1_PREFIXO;E1_NUM;E1_PARCELA;E1_CLIENTE;E1_LOJA;E1_NOMCLI;E1_EMISSAO;E1_VENCTO;E1_VENCREA;E1_VALOR;"
        "E1_SALDO;E1_BAIXA",
        "company - document part customer - customer_name date - due_date value open_value closed_date");
    row_is(IMPORT_TITLES, ';', "DUPLIC;PREST;CODCLI;DTEMISSAO;DTVENC;DTPAG;VALOR;VPAGO",
           "document part customer date due_date closed_date value -");
    row_is(IMPORT_TITLES, ';', "Título;Parcela;Cliente;Emissão;Vencimento;Valor;Saldo;Situação",
           "document part customer date due_date value open_value status");
}

static void field_customers_in_both_languages(void **state) {
    (void)state;
    row_is(IMPORT_CUSTOMERS, ';',
           "Código;Razão Social;Nome Fantasia;CNPJ/CPF;Cidade;UF;Ramo de Atividade;Vendedor;Telefone;E-mail;Último "
           "Contato",
           "customer customer_name - tax_id city region segment rep phone email last_contact");
    row_is(IMPORT_CUSTOMERS, ';', "Cód. Cliente;Nome;Dt. Cadastro;Limite de Crédito;Bloqueado",
           "customer customer_name registered credit_limit blocked");
    row_is(IMPORT_CUSTOMERS, ',', "Customer,Name,Customer Since,Credit Limit,On Hold",
           "customer customer_name registered credit_limit blocked");
    row_is(IMPORT_CUSTOMERS, ';', "Código;Nome;Latitude;Longitude", "customer customer_name latitude longitude");
    row_is(IMPORT_CUSTOMERS, ',', "Customer,Name,Lat,Lng", "customer customer_name latitude longitude");
    row_is(IMPORT_CUSTOMERS, ',', "ID,Customer Name,Customer Group,Territory,Customer Type,Tax ID",
           "customer customer_name segment region - tax_id");
}

static void field_customers_reads_our_own_list(void **state) {
    (void)state;
    row_is(IMPORT_CUSTOMERS, ',', "code,name,tax_id,company,rep,segment,region,city,status,purchases",
           "customer customer_name tax_id company rep segment region city - -");
}

static void field_short_english_headers_of_customer_facts(void **state) {
    (void)state;
    orders(',', "Order ID,Order Date,Customer ID,Customer Name,Segment,Country,Rep,Product ID,Quantity,Sales",
           "document date customer customer_name segment region rep product quantity value");
}

static void field_quotes_and_tickets(void **state) {
    (void)state;
    row_is(IMPORT_QUOTES, ';', "Nº Orçamento;Data;Validade;Cliente;Vendedor;Valor;Situação;Motivo",
           "document date due_date customer rep value status text");
    row_is(IMPORT_TICKETS, ';', "Protocolo;Data Abertura;Data Encerramento;Cód. Cliente;Assunto;Tipo;Status",
           "document date closed_date customer text type status");
}

static void field_products_in_portuguese(void **state) {
    (void)state;
    row_is(IMPORT_PRODUCTS, ';', "Código;Descrição;Unidade;Tipo;NCM;Preço", "product product_name - product_kind - -");
}

static void field_own_name_wins(void **state) {
    (void)state;
    orders(',', "orderid,document,orderdate,date,customer", "- document date - customer");
}

static void field_among_equal_headers_the_leftmost(void **state) {
    (void)state;
    orders(',', "data,cliente,data,valor,Valor", "date customer - value -");
}

static void field_headers_are_compared_folded(void **state) {
    (void)state;
    orders(';', "DT. EMISSÃO; código_do_cliente ;R$ Valor;PREÇO-UNITÁRIO", "date customer value price");
}

static void field_header_score_finds_the_row_below_a_title(void **state) {
    (void)state;
    const struct str title[] = {S("Relatório de vendas"), S(""), S("")};
    const struct str header[] = {S("Data"), S("Cliente"), S("Valor")};
    const struct str data[] = {S("03/04/2021"), S("Mercado Silva"), S("12,50")};
    assert_int_equal(field_header_score(&arena, IMPORT_ORDERS, title, 3), 0);
    assert_int_equal(field_header_score(&arena, IMPORT_ORDERS, header, 3), 3);
    assert_int_equal(field_header_score(&arena, IMPORT_ORDERS, data, 3), 0);
}

static void field_names_are_found_in_their_kind_only(void **state) {
    (void)state;
    enum field field = FIELD_NONE;
    assert_true(field_parse(IMPORT_ORDERS, S("customer"), &field));
    assert_int_equal(field, FIELD_CUSTOMER);
    assert_true(field_parse(IMPORT_ORDERS, S("status"), &field));
    assert_int_equal(field, FIELD_STATE);
    assert_false(field_parse(IMPORT_PRODUCTS, S("quantity"), &field));
    assert_false(field_parse(IMPORT_NFE, S("customer"), &field));
    assert_string_equal(field_name(FIELD_OPEN_VALUE), "open_value");
}

static void field_every_field_has_a_name_and_one_only(void **state) {
    (void)state;
    for (int f = FIELD_NONE + 1; f < FIELD_END; f++)
        assert_string_not_equal(field_name((enum field)f), "");
    for (int kind = IMPORT_ORDERS; kind < IMPORT_KIND_END; kind++)
        for (size_t i = 0; i < field_lists[kind].n; i++)
            assert_string_equal(field_lists[kind].field[i].name, field_name(field_lists[kind].field[i].field));
}

static bool found_beside(enum import_kind kind, struct str header, struct str beside) {
    const struct str row[] = {header, beside};
    enum field out[2];
    field_recognise(&arena, kind, row, 2, out);
    return out[0] != FIELD_NONE;
}

/* Each header of each list alone in a file is recognised, so none is misspelt (a capital, an accent, a blank too many). */
static void field_every_header_of_the_tables_is_found(void **state) {
    (void)state;
    for (int kind = IMPORT_ORDERS; kind < IMPORT_KIND_END; kind++)
        for (size_t i = 0; i < field_lists[kind].n; i++) {
            bool more = true;
            for (struct str rest = str_from(field_lists[kind].field[i].headers), head; more;) {
                more = str_cut(rest, ' ', &head, &rest);
                assert_true(head.n > 0);
                if (!found_beside((enum import_kind)kind, head, S("-")) &&
                    !found_beside((enum import_kind)kind, head, S("ID contato")))
                    fail_msg("%s, %s: %.*s", import_kind_name((enum import_kind)kind), field_lists[kind].field[i].name,
                             STR_ARG(head));
                arena_reset(&arena);
            }
        }
}

static void field_no_header_stands_twice_in_a_list(void **state) {
    (void)state;
    for (int kind = IMPORT_ORDERS; kind < IMPORT_KIND_END; kind++)
        for (size_t i = 0; i < field_lists[kind].n; i++) {
            struct str rest = str_from(field_lists[kind].field[i].headers), head;
            while (str_cut(rest, ' ', &head, &rest)) {
                bool more = true;
                for (struct str later = rest, other; more;) {
                    more = str_cut(later, ' ', &other, &later);
                    if (str_equal(head, other))
                        fail_msg("%s: %.*s", field_lists[kind].field[i].name, STR_ARG(head));
                }
            }
        }
}

static void field_import_kinds_read_back(void **state) {
    (void)state;
    for (int kind = IMPORT_ORDERS; kind < IMPORT_KIND_END; kind++) {
        enum import_kind again = IMPORT_KIND_END;
        assert_true(import_kind_parse(str_from(import_kind_name((enum import_kind)kind)), &again));
        assert_int_equal(again, kind);
    }
    enum import_kind kind;
    assert_false(import_kind_parse(S("order"), &kind));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field_orders_of_online_retail),
        cmocka_unit_test(field_orders_of_northwind),
        cmocka_unit_test(field_orders_of_olist),
        cmocka_unit_test(field_orders_of_purchase_logs),
        cmocka_unit_test(field_orders_of_winthor),
        cmocka_unit_test(field_orders_of_sankhya),
        cmocka_unit_test(field_orders_of_protheus),
        cmocka_unit_test(field_orders_of_totvs_rm_and_senior),
        cmocka_unit_test(field_orders_of_bling),
        cmocka_unit_test(field_orders_of_tiny),
        cmocka_unit_test(field_orders_of_omie),
        cmocka_unit_test(field_orders_of_sap_business_one),
        cmocka_unit_test(field_orders_of_erpnext),
        cmocka_unit_test(field_orders_of_odoo),
        cmocka_unit_test(field_orders_typed_by_hand),
        cmocka_unit_test(field_region_is_the_finest_the_file_has),
        cmocka_unit_test(field_titles_of_protheus_and_winthor),
        cmocka_unit_test(field_customers_in_both_languages),
        cmocka_unit_test(field_customers_reads_our_own_list),
        cmocka_unit_test(field_short_english_headers_of_customer_facts),
        cmocka_unit_test(field_quotes_and_tickets),
        cmocka_unit_test(field_products_in_portuguese),
        cmocka_unit_test(field_own_name_wins),
        cmocka_unit_test(field_among_equal_headers_the_leftmost),
        cmocka_unit_test(field_headers_are_compared_folded),
        cmocka_unit_test(field_header_score_finds_the_row_below_a_title),
        cmocka_unit_test(field_names_are_found_in_their_kind_only),
        cmocka_unit_test(field_every_field_has_a_name_and_one_only),
        cmocka_unit_test(field_every_header_of_the_tables_is_found),
        cmocka_unit_test(field_no_header_stands_twice_in_a_list),
        cmocka_unit_test(field_import_kinds_read_back),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
