// SPDX-License-Identifier: Apache-2.0
/* demo_goods.c -- the catalogue. No brand of the real world is named. */
#include "app/demo_goods.h"

const char *const family_name[FAMILY_END] = {
    "Grãos e cereais",
    "Massas e farinhas",
    "Óleos, molhos e temperos",
    "Conservas e enlatados",
    "Bebidas",
    "Cervejas e vinhos",
    "Laticínios e frios",
    "Carnes e embutidos",
    "Congelados",
    "Doces e biscoitos",
    "Insumos para panificação",
    "Café, açúcar e matinais",
    "Higiene pessoal",
    "Limpeza",
    "Descartáveis e embalagens",
    "Papelaria",
    "Pilhas e iluminação",
    "Ferramentas e ferragens",
    "Tintas e acessórios",
    "Saúde e bebê",
    "Hotelaria",
};

static const struct ware_kind grain[] = {
    {"Arroz branco tipo 1 fardo 6x5 kg", "FD", 15290}, {"Feijão preto fardo 10x1 kg", "FD", 7490},
    {"Arroz parboilizado fardo 6x5 kg", "FD", 14890},  {"Feijão carioca fardo 10x1 kg", "FD", 7190},
    {"Lentilha caixa 12x500 g", "CX", 8640},           {"Milho para pipoca fardo 20x500 g", "FD", 7780},
    {"Grão-de-bico caixa 12x500 g", "CX", 10380},      {"Ervilha partida caixa 12x500 g", "CX", 7140},
    {"Canjica branca fardo 20x500 g", "FD", 6890},     {"Quinoa em grãos caixa 10x250 g", "CX", 13950},
};
static const struct ware_kind pasta[] = {
    {"Farinha de trigo especial fardo 10x1 kg", "FD", 4690},
    {"Macarrão espaguete fardo 20x500 g", "FD", 6980},
    {"Macarrão parafuso fardo 20x500 g", "FD", 6980},
    {"Farinha de mandioca fardo 20x500 g", "FD", 8240},
    {"Fubá mimoso fardo 10x1 kg", "FD", 4150},
    {"Macarrão com ovos penne fardo 20x500 g", "FD", 7860},
    {"Massa para lasanha caixa 20x200 g", "CX", 9920},
    {"Farinha de milho em flocos fardo 20x500 g", "FD", 6450},
    {"Polvilho azedo fardo 20x500 g", "FD", 12480},
};
static const struct ware_kind sauce[] = {
    {"Óleo de soja caixa 20x900 ml", "CX", 14890},
    {"Molho de tomate tradicional caixa 24x300 g", "CX", 4990},
    {"Maionese balde 3 kg", "UN", 3290},
    {"Azeite de oliva extravirgem caixa 6x500 ml", "CX", 19740},
    {"Extrato de tomate lata 4 kg", "UN", 3890},
    {"Vinagre de álcool caixa 12x750 ml", "CX", 2980},
    {"Sal refinado fardo 30x1 kg", "FD", 4860},
    {"Catchup galão 3 kg", "UN", 2790},
    {"Mostarda galão 3 kg", "UN", 2490},
    {"Orégano pacote 500 g", "UN", 2350},
    {"Pimenta-do-reino moída pacote 500 g", "UN", 3980},
    {"Molho shoyu caixa 12x500 ml", "CX", 6720},
};
static const struct ware_kind can[] = {
    {"Milho verde em conserva caixa 24x170 g", "CX", 7190},
    {"Ervilha em conserva caixa 24x170 g", "CX", 6940},
    {"Sardinha em óleo caixa 54x125 g", "CX", 26480},
    {"Atum ralado caixa 24x170 g", "CX", 16980},
    {"Palmito inteiro caixa 15x300 g", "CX", 24890},
    {"Azeitona verde balde 2 kg", "UN", 4590},
    {"Pepino em conserva vidro 2 kg", "UN", 3690},
    {"Seleta de legumes caixa 24x170 g", "CX", 7620},
    {"Cogumelo fatiado balde 1 kg", "UN", 3450},
};
static const struct ware_kind drink[] = {
    {"Água mineral sem gás fardo 12x500 ml", "FD", 1390},      {"Refrigerante de cola fardo 6x2 L", "FD", 4290},
    {"Refrigerante de guaraná fardo 6x2 L", "FD", 3650},       {"Água mineral com gás fardo 12x500 ml", "FD", 1590},
    {"Refrigerante de cola lata caixa 12x350 ml", "CX", 3580}, {"Suco de uva integral caixa 6x1,5 L", "CX", 9960},
    {"Suco de laranja néctar caixa 12x1 L", "CX", 6540},       {"Chá gelado de pêssego caixa 6x1,5 L", "CX", 4170},
    {"Energético lata caixa 24x250 ml", "CX", 11880},          {"Água de coco caixa 12x1 L", "CX", 10680},
};
static const struct ware_kind beer[] = {
    {"Cerveja pilsen lata caixa 12x350 ml", "CX", 3690},
    {"Cerveja pilsen garrafa caixa 24x600 ml", "CX", 16560},
    {"Cerveja puro malte long neck caixa 24x330 ml", "CX", 11280},
    {"Vinho tinto de mesa garrafão 4,6 L", "UN", 4890},
    {"Vinho tinto seco caixa 6x750 ml", "CX", 17940},
    {"Cachaça artesanal caixa 6x700 ml", "CX", 13740},
    {"Espumante brut caixa 6x750 ml", "CX", 22680},
    {"Vodca nacional caixa 12x1 L", "CX", 16920},
    {"Chope barril 30 L", "UN", 34900},
};
static const struct ware_kind dairy[] = {
    {"Leite integral UHT caixa 12x1 L", "CX", 5640},
    {"Queijo muçarela peça", "KG", 3390},
    {"Presunto cozido peça", "KG", 2290},
    {"Manteiga com sal balde 5 kg", "UN", 19900},
    {"Margarina balde 15 kg", "UN", 12990},
    {"Requeijão cremoso bisnaga 1,8 kg", "UN", 3990},
    {"Creme de leite caixa 27x200 g", "CX", 7830},
    {"Leite condensado caixa 27x395 g", "CX", 16740},
    {"Queijo prato peça", "KG", 3680},
    {"Nata fresca balde 3,6 kg", "UN", 8690},
    {"Iogurte natural caixa 12x170 g", "CX", 3480},
};
static const struct ware_kind meat[] = {
    {"Filé de frango resfriado caixa", "KG", 1890},
    {"Linguiça toscana caixa", "KG", 1790},
    {"Carne bovina coxão mole", "KG", 3690},
    {"Bacon em manta", "KG", 2890},
    {"Costela suína", "KG", 2190},
    {"Calabresa defumada", "KG", 2090},
    {"Coxa e sobrecoxa de frango", "KG", 1090},
    {"Salsicha hot dog pacote 3 kg", "UN", 2980},
    {"Picanha maturada", "KG", 6490},
    {"Carne moída congelada pacote 2 kg", "UN", 5180},
};
static const struct ware_kind frozen[] = {
    {"Batata pré-frita congelada caixa 6x2 kg", "CX", 14280}, {"Pão de queijo congelado caixa 10 kg", "CX", 13900},
    {"Mandioca congelada caixa 10x1 kg", "CX", 7890},         {"Coxinha congelada caixa 5 kg", "CX", 8750},
    {"Polpa de fruta maracujá caixa 10x1 kg", "CX", 17900},   {"Filé de tilápia congelado caixa 10 kg", "CX", 36900},
    {"Brócolis congelado caixa 6x2 kg", "CX", 13680},         {"Hambúrguer bovino caixa 36x90 g", "CX", 7490},
    {"Anéis de cebola congelados caixa 6x1 kg", "CX", 12360},
};
static const struct ware_kind sweet[] = {
    {"Biscoito cream cracker caixa 20x360 g", "CX", 8980},  {"Biscoito recheado chocolate caixa 40x120 g", "CX", 8760},
    {"Chocolate ao leite barra caixa 12x90 g", "CX", 6480}, {"Bala mastigável sortida pacote 600 g", "UN", 1190},
    {"Wafer de morango caixa 40x100 g", "CX", 7960},        {"Doce de leite balde 4,8 kg", "UN", 6240},
    {"Goiabada pote caixa 12x600 g", "CX", 7380},           {"Amendoim japonês caixa 20x200 g", "CX", 8140},
    {"Salgadinho de milho fardo 10x150 g", "FD", 4990},     {"Pirulito sortido pacote 50 un", "UN", 1090},
    {"Bombom sortido caixa 12x250 g", "CX", 11880},
};
static const struct ware_kind baker[] = {
    {"Farinha de trigo panificação saco 25 kg", "SC", 9290},
    {"Fermento biológico fresco caixa 20x500 g", "CX", 13900},
    {"Mistura para pão francês saco 25 kg", "SC", 13450},
    {"Açúcar cristal saco 25 kg", "SC", 10490},
    {"Gordura vegetal caixa 20 kg", "CX", 21900},
    {"Chocolate em pó 50 % pacote 5 kg", "UN", 15990},
    {"Cobertura fracionada barra caixa 10x1 kg", "CX", 28900},
    {"Recheio de goiaba balde 10 kg", "UN", 11850},
    {"Melhorador de farinha pacote 10 kg", "UN", 12700},
    {"Coco ralado úmido pacote 5 kg", "UN", 13400},
    {"Creme confeiteiro mistura pacote 5 kg", "UN", 9780},
    {"Granulado de chocolate pacote 5 kg", "UN", 8650},
};
static const struct ware_kind coffee[] = {
    {"Café torrado e moído fardo 10x500 g", "FD", 19900}, {"Açúcar refinado fardo 10x1 kg", "FD", 4590},
    {"Café em grãos pacote 5 kg", "UN", 24500},           {"Erva-mate chimarrão fardo 10x1 kg", "FD", 13900},
    {"Achocolatado em pó caixa 24x400 g", "CX", 17280},   {"Aveia em flocos caixa 12x450 g", "CX", 7490},
    {"Adoçante líquido caixa 12x100 ml", "CX", 6240},     {"Chá de camomila caixa 10x15 sachês", "CX", 4390},
    {"Açúcar sachê caixa 1.000 un", "CX", 4480},
};
static const struct ware_kind hygiene[] = {
    {"Papel higiênico folha dupla fardo 16x4 rolos", "FD", 8960},
    {"Creme dental caixa 12x90 g", "CX", 3960},
    {"Sabonete em barra caixa 72x85 g", "CX", 12240},
    {"Xampu neutro caixa 12x350 ml", "CX", 11880},
    {"Desodorante aerossol caixa 12x150 ml", "CX", 13200},
    {"Absorvente com abas fardo 24x8", "FD", 10560},
    {"Aparelho de barbear cartela 24 un", "UN", 7180},
    {"Condicionador caixa 12x350 ml", "CX", 13080},
    {"Escova dental média caixa 12 un", "CX", 4680},
    {"Fio dental caixa 12x50 m", "CX", 5640},
};
static const struct ware_kind cleaning[] = {
    {"Detergente neutro caixa 24x500 ml", "CX", 5280},  {"Água sanitária caixa 12x1 L", "CX", 3480},
    {"Sabão em pó caixa 16x800 g", "CX", 14720},        {"Desinfetante lavanda galão 5 L", "UN", 1890},
    {"Álcool 70 % caixa 12x1 L", "CX", 9480},           {"Esponja dupla face caixa 60 un", "CX", 5340},
    {"Saco de lixo 100 L fardo 100 un", "FD", 4890},    {"Limpador multiuso caixa 12x500 ml", "CX", 4440},
    {"Pano de chão alvejado pacote 12 un", "UN", 5190}, {"Desengordurante galão 5 L", "UN", 3290},
    {"Amaciante de roupas galão 5 L", "UN", 2190},      {"Vassoura de náilon caixa 6 un", "CX", 6870},
};
static const struct ware_kind package[] = {
    {"Copo descartável 180 ml caixa 2.500 un", "CX", 10890},    {"Guardanapo de papel fardo 24x50", "FD", 4380},
    {"Papel-toalha interfolha fardo 5.000 folhas", "FD", 5890}, {"Sacola plástica fardo 1.000 un", "FD", 5690},
    {"Marmita de alumínio nº 8 caixa 100 un", "CX", 4790},      {"Embalagem para bolo caixa 100 un", "CX", 7890},
    {"Filme de PVC bobina 28 cm x 300 m", "UN", 3690},          {"Caixa de pizza 35 cm fardo 25 un", "FD", 3990},
    {"Saco de papel kraft fardo 500 un", "FD", 6290},           {"Canudo biodegradável caixa 1.000 un", "CX", 3890},
    {"Garfo descartável caixa 1.000 un", "CX", 6690},
};
static const struct ware_kind paper[] = {
    {"Papel sulfite A4 caixa 10 resmas", "CX", 24900},  {"Caderno brochura capa dura pacote 10 un", "UN", 6890},
    {"Lápis de cor caixa 12 cores 24 un", "CX", 15840}, {"Lápis preto nº 2 caixa 144 un", "CX", 5760},
    {"Cola branca caixa 12x90 g", "CX", 3480},          {"Caneta esferográfica azul caixa 50 un", "CX", 3990},
    {"Massa de modelar caixa 12x12 cores", "CX", 4680}, {"Cartolina branca pacote 100 folhas", "UN", 6450},
    {"Tinta guache caixa 24x250 ml", "CX", 10560},
};
static const struct ware_kind battery[] = {
    {"Pilha alcalina AA cartela 24x2", "CX", 14880},  {"Lâmpada de LED 9 W caixa 10 un", "CX", 5490},
    {"Pilha alcalina AAA cartela 24x2", "CX", 14880}, {"Lâmpada de LED 15 W caixa 10 un", "CX", 8790},
    {"Extensão elétrica 5 m 3 tomadas", "UN", 2490},  {"Fita isolante 20 m caixa 10 un", "CX", 6290},
    {"Bateria 9 V caixa 12 un", "CX", 13680},         {"Isqueiro display 50 un", "CX", 12450},
    {"Tomada dupla 10 A caixa 10 un", "CX", 11900},
};
static const struct ware_kind tool[] = {
    {"Parafuso para madeira 4x40 caixa 500 un", "CX", 4290},
    {"Prego 17x27 com cabeça pacote 20x1 kg", "FD", 28900},
    {"Disco de corte 115 mm caixa 25 un", "CX", 8750},
    {"Luva de vaqueta pacote 12 pares", "UN", 15480},
    {"Trena 5 m caixa 6 un", "CX", 10740},
    {"Martelo de unha 25 mm", "UN", 3290},
    {"Silicone incolor caixa 12x280 g", "CX", 17880},
    {"Fita veda-rosca 18 mm caixa 20x25 m", "CX", 6980},
    {"Bucha de náilon nº 8 caixa 1.000 un", "CX", 8790},
    {"Dobradiça de aço 3 polegadas caixa 24 un", "CX", 9360},
    {"Corda de polipropileno 10 mm rolo 100 m", "UN", 13900},
};
static const struct ware_kind paint[] = {
    {"Tinta acrílica branca fosca lata 18 L", "UN", 24900}, {"Massa corrida balde 25 kg", "UN", 6890},
    {"Rolo de lã 23 cm caixa 6 un", "CX", 11340},           {"Esmalte sintético branco galão 3,6 L", "UN", 9890},
    {"Solvente para tinta caixa 6x900 ml", "CX", 10740},    {"Pincel 2 polegadas caixa 12 un", "CX", 8280},
    {"Lixa d'água nº 220 pacote 50 folhas", "UN", 8450},    {"Fita crepe 24 mm pacote 6x50 m", "UN", 4790},
    {"Impermeabilizante lata 18 L", "UN", 28900},
};
static const struct ware_kind health[] = {
    {"Fralda infantil tamanho G fardo 6x36", "FD", 22680}, {"Algodão hidrófilo caixa 12x100 g", "CX", 8640},
    {"Curativo adesivo caixa 20x40 un", "CX", 11900},      {"Fralda geriátrica fardo 8x8", "FD", 15920},
    {"Lenço umedecido fardo 12x100 un", "FD", 11280},      {"Soro fisiológico caixa 24x250 ml", "CX", 10320},
    {"Máscara descartável caixa 50 un", "CX", 1290},       {"Protetor solar FPS 50 caixa 6x200 ml", "CX", 19740},
    {"Termômetro digital caixa 10 un", "CX", 14900},       {"Álcool em gel caixa 12x400 g", "CX", 9960},
    {"Seringa descartável 5 ml caixa 100 un", "CX", 4890},
};
static const struct ware_kind lodging[] = {
    {"Sabonete de hospedagem 15 g caixa 500 un", "CX", 18900},
    {"Xampu de hospedagem 25 ml caixa 300 un", "CX", 23700},
    {"Touca de banho caixa 500 un", "CX", 11900},
    {"Toalha de banho branca pacote 6 un", "UN", 20340},
    {"Lençol de casal branco pacote 4 un", "UN", 31960},
    {"Geleia sachê caixa 144x15 g", "CX", 7990},
    {"Manteiga sachê caixa 192x10 g", "CX", 10380},
    {"Travesseiro antialérgico pacote 4 un", "UN", 13960},
    {"Chinelo descartável caixa 100 pares", "CX", 22900},
};

#define ROW(list)                                                                                                      \
    { (list), (int32_t)(sizeof(list) / sizeof *(list)) }
static const struct {
    const struct ware_kind *kind;
    int32_t n;
} rows[FAMILY_END] = {ROW(grain),   ROW(pasta),  ROW(sauce),   ROW(can),   ROW(drink),  ROW(beer),    ROW(dairy),
                      ROW(meat),    ROW(frozen), ROW(sweet),   ROW(baker), ROW(coffee), ROW(hygiene), ROW(cleaning),
                      ROW(package), ROW(paper),  ROW(battery), ROW(tool),  ROW(paint),  ROW(health),  ROW(lodging)};

const struct ware_kind *family_goods(enum family family, int32_t *n) {
    *n = rows[family].n;
    return rows[family].kind;
}

int32_t ware_count(void) {
    int32_t n = 0;
    for (size_t i = 0; i < FAMILY_END; i++) {
        n += rows[i].n;
    }
    return n;
}

int32_t ware_index(enum family family, int32_t within) {
    int32_t n = 0;
    for (size_t i = 0; i < (size_t)family; i++) {
        n += rows[i].n;
    }
    return n + within;
}

const struct ware_kind *ware_at(int32_t index, enum family *family) {
    size_t i = 0;
    while (index >= rows[i].n) {
        index -= rows[i++].n;
    }
    *family = (enum family)i;
    return &rows[i].kind[index];
}

void ware_code(int32_t index, char out[5]) {
    enum family family;
    const struct ware_kind *kind = ware_at(index, &family);
    int32_t within = (int32_t)(kind - rows[family].kind) + 1;
    int32_t major = (int32_t)family + 10;
    out[0] = (char)('0' + major / 10);
    out[1] = (char)('0' + major % 10);
    out[2] = (char)('0' + within / 10);
    out[3] = (char)('0' + within % 10);
    out[4] = '\0';
}
